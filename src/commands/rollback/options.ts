/** The options that the subcommands of /rollback share. */
import type { ChatInputCommandInteraction } from 'discord.js';
import type { ManualTrigger } from '../../lib/discord/rollbacks/triggers.js';
import { manualTriggers, readTrigger } from '../../lib/discord/rollbacks/triggers.js';
import { readText, reason, text, yesNo } from '../options.js';

type Options = ChatInputCommandInteraction['options'];

/** A rollback by its id, or the newest of a flag. */
export const rollback = text('rollback', 'The rollback: pick it, or type its id or its flag', {
  required: true,
  complete: (typed, { rollbacks }) => rollbacks.suggest(typed),
});

/** The same among those under way. */
export const openRollback = text('rollback', 'The rollback: pick it, or type its id or its flag', {
  required: true,
  complete: (typed, { rollbacks }) => rollbacks.suggest(typed, { isOpen: true }),
});

export const readRollback = (options: Options): string => options.getString('rollback', true).trim();

export const feature = (required: boolean) =>
  text('feature', 'The feature to turn off', {
    required,
    complete: (typed, { flags }) =>
      flags.suggestFlags(typed).filter(({ value }) => flags.flag(value).killed === null),
  });

export const trigger = text('trigger', 'What made you go back; "other" where it is left out', {
  choices: manualTriggers,
});

export const withDatabase = yesNo('with-database', "Back up the host's database first");

/** What every rollback is asked with. */
export const asked = [trigger, reason, withDatabase] as const;

export interface Asked {
  readonly trigger: ManualTrigger | undefined;
  /** Undefined: a form asks for it. */
  readonly reason: string | undefined;
  readonly withDatabase: boolean;
}

export function readAsked(options: Options): Asked {
  return {
    trigger: readTrigger(readText(options, 'trigger')),
    reason: readText(options, 'reason'),
    withDatabase: options.getBoolean('with-database') ?? false,
  };
}
