/** What Discord accepts as an application command. */
import { ApplicationCommandOptionType as Option, ApplicationCommandType } from 'discord-api-types/v10';
import { z } from 'zod';
import { problem, snowflake, text } from './fields.js';

/** Discord's pattern, lower case only where the script knows cases. */
const namePattern = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const slashName = z.string().superRefine((name, context) => {
  if (!namePattern.test(name) || name !== name.toLowerCase()) {
    problem(context, [], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
});

const localizations = z.record(z.string(), z.string()).nullish();

const choice = z.strictObject({
  name: text(1, 100),
  name_localizations: localizations,
  value: z.union([text(0, 100), z.number()]),
});

interface OptionBody {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean | null;
  readonly autocomplete?: boolean | null;
  readonly choices?: readonly z.output<typeof choice>[] | null;
  readonly options?: readonly OptionBody[] | null;
  readonly channel_types?: readonly number[] | null;
  readonly min_value?: number | null;
  readonly max_value?: number | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
}

const option: z.ZodType<OptionBody> = z.lazy(() =>
  z
    .strictObject({
      type: z.number().int().min(1).max(11),
      name: slashName,
      name_localizations: localizations,
      description: text(1, 100),
      description_localizations: localizations,
      required: z.boolean().nullish(),
      autocomplete: z.boolean().nullish(),
      choices: z.array(choice).max(25).nullish(),
      options: z.array(option).max(25).nullish(),
      channel_types: z.array(z.number().int()).nullish(),
      min_value: z.number().nullish(),
      max_value: z.number().nullish(),
      min_length: z.number().int().min(0).max(6000).nullish(),
      max_length: z.number().int().min(1).max(6000).nullish(),
    })
    .superRefine(optionRules),
);

const subcommand: number = Option.Subcommand;
const group: number = Option.SubcommandGroup;
const slashCommand: number = ApplicationCommandType.ChatInput;
const isSub = ({ type }: OptionBody): boolean => type === subcommand || type === group;
const completable: readonly number[] = [Option.String, Option.Integer, Option.Number];

function optionRules(one: OptionBody, context: z.RefinementCtx): void {
  if (one.autocomplete && one.choices?.length) {
    problem(
      context,
      ['autocomplete'],
      'APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES',
      'Choices and autocomplete are mutually exclusive',
    );
  }
  if ((one.autocomplete || one.choices?.length) && !completable.includes(one.type)) {
    problem(
      context,
      ['type'],
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Only texts and numbers have choices or autocomplete',
    );
  }
  const nested = one.options ?? [];
  if (one.type === group && nested.some(({ type }) => type !== subcommand)) {
    problem(
      context,
      ['options'],
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'A group holds subcommands only',
    );
  }
  if (one.type === subcommand && nested.some(isSub)) {
    problem(
      context,
      ['options'],
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'A subcommand holds no subcommands',
    );
  }
  if (!isSub(one) && nested.length > 0) {
    problem(
      context,
      ['options'],
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Only subcommands and groups hold options',
    );
  }
  levelRules(nested, context);
}

/** Rules for the options of one level. */
function levelRules(options: readonly OptionBody[], context: z.RefinementCtx): void {
  const names = new Set<string>();
  let optionalSeen = false;
  for (const [index, one] of options.entries()) {
    if (names.has(one.name)) {
      problem(
        context,
        ['options', index, 'name'],
        'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
        'Option name already exists',
      );
    }
    names.add(one.name);
    if (one.required && optionalSeen) {
      problem(
        context,
        ['options', index],
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    }
    optionalSeen ||= !one.required;
  }
  if (options.some(isSub) && !options.every(isSub)) {
    problem(
      context,
      ['options'],
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
    );
  }
}

/** All names, descriptions and values of a command together. */
function charactersOf(one: {
  name: string;
  description?: string;
  options?: readonly OptionBody[] | null;
  choices?: OptionBody['choices'];
}): number {
  const own = one.name.length + (one.description?.length ?? 0);
  const choices = (one.choices ?? []).reduce(
    (sum, { name, value }) => sum + name.length + String(value).length,
    0,
  );
  return own + choices + (one.options ?? []).reduce((sum, nested) => sum + charactersOf(nested), 0);
}

const fields = {
  id: snowflake.nullish(),
  type: z.number().int().min(1).max(3).nullish(),
  name: text(1, 32),
  name_localizations: localizations,
  description: text(0, 100).nullish(),
  description_localizations: localizations,
  options: z.array(option).max(25).nullish(),
  default_member_permissions: z.string().regex(/^\d+$/, 'A bit set as a string.').nullish(),
  default_permission: z.boolean().nullish(),
  dm_permission: z.boolean().nullish(),
  contexts: z.array(z.number().int().min(0).max(2)).nullish(),
  integration_types: z.array(z.number().int().min(0).max(1)).nullish(),
  nsfw: z.boolean().nullish(),
};

interface CommandFields {
  readonly type?: number | null;
  readonly name?: string | null;
  readonly description?: string | null;
  readonly options?: readonly OptionBody[] | null;
}

function commandRules(body: CommandFields, context: z.RefinementCtx): void {
  const isSlash = (body.type ?? slashCommand) === slashCommand;
  if (isSlash && typeof body.name === 'string') {
    for (const issue of slashName.safeParse(body.name).error?.issues ?? []) {
      problem(context, ['name'], 'APPLICATION_COMMAND_INVALID_NAME', issue.message);
    }
  }
  if (isSlash && body.description === '') {
    problem(context, ['description'], 'BASE_TYPE_REQUIRED', 'This field is required');
  }
  levelRules(body.options ?? [], context);
  if (
    charactersOf({ name: body.name ?? '', description: body.description ?? '', options: body.options }) > 8000
  ) {
    problem(context, [], 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)');
  }
}

export const command = z.strictObject(fields).superRefine((body, context) => {
  commandRules({ ...body, description: body.description ?? '' }, context);
});

export const commandEdit = z
  .strictObject({ ...fields, name: text(1, 32).nullish() })
  .superRefine(commandRules);

/** A whole set: no name twice for one type. */
export const commandSet = z.array(command).superRefine((all, context) => {
  const seen = new Set<string>();
  for (const [index, { type, name }] of all.entries()) {
    const key = `${type ?? 1}:${name}`;
    if (seen.has(key)) {
      problem(
        context,
        [index, 'name'],
        'APPLICATION_COMMANDS_DUPLICATE_NAME',
        'Application command names must be unique',
      );
    }
    seen.add(key);
  }
});

export type CommandBody = z.output<typeof command>;
export type CommandEditBody = z.output<typeof commandEdit>;
