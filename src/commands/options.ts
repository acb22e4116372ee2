/** The options that our subcommands share: how each looks, completes, and is read. */
import { ChannelType, type ChatInputCommandInteraction } from 'discord.js';
import { betaModes, flagKinds } from '../lib/flags/documents.js';
import { suggestBetas } from '../lib/discord/betas.js';
import { suggestGuildList } from '../lib/discord/guildNames.js';
import type { FlagFilter } from '../lib/flags/FlagsRoom.js';
import type { OptionDefinition } from './definition.js';

interface TextOption {
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly choices?: readonly string[];
  readonly complete?: OptionDefinition['complete'];
}

export function text(name: string, description: string, options: TextOption = {}): OptionDefinition {
  const { required = false, maxLength, choices, complete } = options;
  return {
    name,
    ...(complete && { complete }),
    add: (to) =>
      to.addStringOption((option) => {
        option.setName(name).setDescription(description).setRequired(required);
        if (maxLength !== undefined) option.setMaxLength(maxLength);
        if (choices !== undefined) option.setChoices(choices.map((value) => ({ name: value, value })));
        return option.setAutocomplete(complete !== undefined);
      }),
  };
}

export function yesNo(name: string, description: string): OptionDefinition {
  return {
    name,
    add: (to) => to.addBooleanOption((option) => option.setName(name).setDescription(description)),
  };
}

export function textChannel(name: string, description: string): OptionDefinition {
  return {
    name,
    add: (to) =>
      to.addChannelOption((option) =>
        option
          .setName(name)
          .setDescription(description)
          .addChannelTypes(ChannelType.GuildText, ChannelType.GuildAnnouncement),
      ),
  };
}

/** `among`: suggests only flags in this state; any name may still be typed. */
export const flag = (
  description = 'The flag',
  { required = true, among }: { readonly required?: boolean; readonly among?: FlagFilter['state'] } = {},
): OptionDefinition =>
  text('name', description, {
    required,
    complete: (typed, { flags }) => flags.suggestFlags(typed, among && { state: among }),
  });

export const beta = text('name', 'The beta', {
  required: true,
  complete: (typed, { flags }, guildId) => suggestBetas(flags, guildId, typed),
});

export const guild = (description: string, required = false): OptionDefinition =>
  text('guild', description, { required, complete: (typed, { flags }) => flags.suggestGuilds(typed) });

export const guilds = (required: boolean): OptionDefinition =>
  text('guilds', 'Ids or names of guilds, with commas between them', {
    required,
    complete: (typed, { flags }) => suggestGuildList(flags, typed),
  });

export const cohort = (description: string): OptionDefinition =>
  text('cohort', description, { complete: (typed, { flags }) => flags.suggestCohorts(typed) });

export const cohortName = (required: boolean): OptionDefinition =>
  text('name', 'The cohort', { required, complete: (typed, { flags }) => flags.suggestCohorts(typed) });

export const reason = text('reason', 'Why, for the notice and the history', { maxLength: 500 });
export const kind = text('kind', 'What the flag is for', { choices: flagKinds });
export const betaMode = text('beta', 'Whether guilds may join by themselves', { choices: betaModes });
export const expires = text('expires', 'When it should be gone: 2027-01-31, 30d, or never');

export const requires = text(
  'requires',
  'Flags that must be on too, with commas between them; none = no others',
  {
    complete: (typed, { flags }) => {
      const comma = typed.lastIndexOf(',') + 1;
      return flags
        .suggestFlags(typed.slice(comma).trim())
        .map(({ value }) => `${typed.slice(0, comma)}${value}`)
        .map((value) => ({ name: value, value }));
    },
  },
);

type Options = ChatInputCommandInteraction['options'];

/** undefined where it was left out or is only space. */
export function readText(options: Options, name: string): string | undefined {
  const value = options.getString(name)?.trim();
  return value === undefined || value === '' ? undefined : value;
}

/** A required text, without the space around it. */
export function readName(options: Options): string {
  return options.getString('name', true).trim();
}

export function readReason(options: Options): { readonly reason?: string } {
  const value = readText(options, 'reason');
  return value === undefined ? {} : { reason: value };
}

/** `a, b` -> two names; `none` -> an empty list. */
export function readNames(options: Options, name: string): readonly string[] | undefined {
  const value = readText(options, name);
  if (value === undefined) return undefined;
  if (value.toLowerCase() === 'none') return [];
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
