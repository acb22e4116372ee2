/** For whom a change is meant: one guild, one cohort, or everyone. */
import type { ChatInputCommandInteraction } from 'discord.js';
import { RolloutError } from '../lib/core/RolloutError.js';
import type { FlagsRoom } from '../lib/flags/FlagsRoom.js';
import { readText } from './options.js';

export class TooManyOptions extends RolloutError {
  public readonly code = 'TOO_MANY_OPTIONS';
}

export class MissingOption extends RolloutError {
  public readonly code = 'MISSING_OPTION';
}

export type Target =
  | { readonly to: 'guild'; readonly guild: string }
  | { readonly to: 'cohort'; readonly cohort: string }
  | { readonly to: 'everyone' };

/** Throws {@link TooManyOptions} where more than one of `guild`, `cohort` and `others` was given, and what resolving a guild throws. */
export function readTarget(
  options: ChatInputCommandInteraction['options'],
  flags: FlagsRoom,
  others: readonly string[] = [],
): Target {
  const given = ['guild', 'cohort', ...others].filter((name) => readText(options, name) !== undefined);
  if (given.length > 1)
    throw new TooManyOptions(
      `${given.join(' and ')} were given together, and only one of them can be meant.`,
      {
        next: 'Run the command once for each.',
      },
    );
  const guild = readText(options, 'guild');
  if (guild !== undefined) return { to: 'guild', guild: flags.resolveGuild(guild).id };
  const cohort = readText(options, 'cohort');
  return cohort === undefined ? { to: 'everyone' } : { to: 'cohort', cohort };
}
