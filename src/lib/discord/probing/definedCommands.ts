/** The application commands that the bot's pieces define, as they told the framework: ours and the host's alike. */
import type { StoreRegistry } from '@sapphire/framework';
import { z } from 'zod';

/** What of a command people would notice; the rest is Discord's to fill in. */
export interface CommandShape {
  readonly name: string;
  /** 1 slash, 2 user menu, 3 message menu. */
  readonly type: number;
  readonly description: string;
  readonly options: readonly OptionShape[];
}

export interface OptionShape {
  readonly name: string;
  readonly type: number;
  readonly description: string;
  readonly required: boolean;
  readonly autocomplete: boolean;
  /** `name=value`, in order. */
  readonly choices: readonly string[];
  readonly options: readonly OptionShape[];
}

export interface DefinedCommand {
  /** The piece that defines it. */
  readonly piece: string;
  readonly shape: CommandShape;
  /** Where it is registered; null = everywhere. */
  readonly guildIds: readonly string[] | null;
}

const list = <Item extends z.ZodType>(item: Item) => z.preprocess((value) => value ?? [], z.array(item));
const text = z.preprocess((value) => value ?? '', z.string());
const yes = z.preprocess((value) => value ?? false, z.boolean());
const choice = z
  .object({ name: z.string(), value: z.union([z.string(), z.number()]) })
  .transform(({ name, value }) => `${name}=${value}`);

const optionShape: z.ZodType<OptionShape> = z.object({
  name: z.string(),
  type: z.number(),
  description: text,
  required: yes,
  autocomplete: yes,
  choices: list(choice),
  get options() {
    return list(optionShape);
  },
});

const commandShape = z.object({
  name: z.string(),
  type: z.preprocess((value) => value ?? 1, z.number()),
  description: text,
  options: list(optionShape),
});

const apiCalls = z.array(
  z.object({
    builtData: commandShape,
    registerOptions: z.object({ guildIds: z.array(z.string()).nullish() }),
  }),
);

/** @throws {z.ZodError} where Discord's answer is none */
export function readCommands(body: unknown): readonly CommandShape[] {
  return z.array(commandShape).parse(body);
}

export interface Definitions {
  readonly commands: readonly DefinedCommand[];
  /** Pieces that have commands, but this version of the framework does not tell which. */
  readonly untold: readonly string[];
}

/** The framework keeps what it was told in a private field: where that is gone, the pieces are named instead. */
export function definedCommands(stores: StoreRegistry): Definitions {
  const commands: DefinedCommand[] = [];
  const untold: string[] = [];
  for (const piece of stores.get('commands').values()) {
    const registry = piece.applicationCommandRegistry;
    const read = apiCalls.safeParse(Reflect.get(registry, 'apiCalls'));
    if (!read.success) {
      if (registry.chatInputCommands.size > 0 || registry.contextMenuCommands.size > 0)
        untold.push(piece.name);
      continue;
    }
    for (const { builtData, registerOptions } of read.data) {
      const { guildIds } = registerOptions;
      commands.push({
        piece: piece.name,
        shape: builtData,
        guildIds: guildIds === null || guildIds === undefined || guildIds.length === 0 ? null : guildIds,
      });
    }
  }
  return { commands, untold };
}
