/** What others rely on, as `contract.json` holds it: commands, replies, configuration, exports of the package. */
import { z } from 'zod';
import { RolloutError } from '../../core/RolloutError.js';

/** The contract's file is none, or is not there. */
export class BadContract extends RolloutError {
  public readonly code = 'BAD_CONTRACT';
}

const choice = z.object({ name: z.string(), value: z.union([z.string(), z.number()]) });

/** An option, or a subcommand with options of its own, in Discord's words. */
const option = z.object({
  type: z.number(),
  name: z.string(),
  required: z.boolean().optional(),
  choices: z.array(choice).optional(),
  channel_types: z.array(z.number()).optional(),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
  min_length: z.number().optional(),
  max_length: z.number().optional(),
  get options() {
    return z.array(option).optional();
  },
});

/** A command as it is registered with Discord; what is not compared is dropped. */
const command = z.object({
  name: z.string(),
  type: z.number().optional(),
  default_member_permissions: z.string().nullish(),
  contexts: z.array(z.number()).nullish(),
  options: z.array(option).optional(),
});

const reply = z.object({
  /** Seen by nobody but the person who typed. */
  private: z.boolean(),
  kind: z.enum(['message', 'form']),
  /** Labels of buttons, or of a form's fields, in order. */
  controls: z.array(z.string()),
  /** What a person reads, line by line; ids, times and the like are blotted out. */
  text: z.array(z.string()),
});

const setting = z.object({ required: z.boolean() });

export const contractSchema = z.object({
  format: z.literal('rollouts-contract'),
  version: z.literal(1),
  /** The release whose promises these are. */
  release: z.string(),
  commands: z.array(command),
  /** By what was typed: `/feature list`. Absent where none were recorded. */
  replies: z.record(z.string(), reply).optional(),
  /** By where it is set: `environment`, `deployments.yaml`; then by name. */
  configuration: z.record(z.string(), z.record(z.string(), setting)),
  /** By entry point (`.`, `./register`), then by name. */
  exports: z.record(z.string(), z.record(z.string(), z.enum(['value', 'type']))),
});

export type Contract = z.infer<typeof contractSchema>;
export type ContractCommand = z.infer<typeof command>;
export type ContractOption = z.infer<typeof option>;
export type ContractReply = z.infer<typeof reply>;
export type ContractSettings = Contract['configuration'][string];

export const commandsSchema = z.array(command);
export const repliesSchema = z.record(z.string(), reply);

/** @throws {BadContract} with where it is wrong */
export function parseAs<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  file: string,
): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new BadContract(`${file} is no JSON.`, { next: 'Record it again.', cause });
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new BadContract(
    `${file} is not what it should be: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? '?'}.`,
    {
      next: 'Record it again, or check that it is the right file.',
    },
  );
}
