/** A guild joins a beta: by command or by the button under `/beta list`. */
import { joinedCard } from './betaCards.js';
import { betaFor } from './betas.js';
import { makeChange } from './changeFlow.js';
import type { Turn } from './Turn.js';

/** Throws UnknownBeta for flags that the guild may not know of. */
export async function joinBeta(turn: Turn, guild: string, typed: string): Promise<void> {
  const { flags } = turn.house;
  const { key } = betaFor(flags, guild, typed);
  await makeChange(
    turn,
    { do: 'beta-join', flag: key, guild },
    {
      // It concerns the guild that asks and no other, however few guilds there are.
      confirmation: 'implied',
      done: () => joinedCard(flags, key, guild),
      unchanged: () => joinedCard(flags, key, guild, true),
    },
  );
}
