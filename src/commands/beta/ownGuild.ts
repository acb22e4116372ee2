/** The guild that a manager speaks for: always the one where the command was typed, never one that was named. */
import type { Turn } from '../../lib/discord/Turn.js';
import { Forbidden } from '../../lib/discord/rights.js';

export function ownGuild(turn: Turn): string {
  const { guildId } = turn.person;
  if (guildId === null) throw new Forbidden('manager');
  return guildId;
}
