/** Guilds as people type them: an id, a name, or several of both with commas. */
import { RolloutError } from '../core/RolloutError.js';
import { UnknownGuild } from '../flags/errors.js';
import type { FlagsRoom, Suggestion } from '../flags/FlagsRoom.js';

export class NoGuilds extends RolloutError {
  public readonly code = 'NO_GUILDS';
}

/** Ids in the order given, each once. Throws UnknownGuild for the first that nobody knows. */
export function resolveGuilds(flags: FlagsRoom, typed: string): readonly string[] {
  const names = typed
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0)
    throw new NoGuilds('No guild was named.', {
      next: 'Give ids or names of guilds, with commas between them.',
    });
  return [...new Set(names.map((name) => flags.resolveGuild(name).id))];
}

/** Completes the last name of a list; what stands before it is kept. */
export function suggestGuildList(flags: FlagsRoom, typed: string): readonly Suggestion[] {
  const comma = typed.lastIndexOf(',');
  if (comma < 0) return flags.suggestGuilds(typed);
  const before = typed.slice(0, comma + 1);
  const count = before.split(',').filter((name) => name.trim() !== '').length;
  return flags
    .suggestGuilds(typed.slice(comma + 1).trim())
    .map(({ name, value }) => ({ name: `${count} more and ${name}`, value: `${before}${value}` }))
    .filter(({ value }) => value.length <= 100);
}

/** For people; the bot may have left it. */
export function guildName(flags: FlagsRoom, guildId: string): string {
  try {
    return flags.resolveGuild(guildId).name;
  } catch (error) {
    if (error instanceof UnknownGuild) return '(the bot is not there now)';
    throw error;
  }
}
