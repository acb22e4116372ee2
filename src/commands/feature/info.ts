import type { FlagsRoom } from '../../lib/flags/FlagsRoom.js';
import { Unavailable } from '../../lib/state/errors.js';
import type { UsedDeprecation } from '../../lib/deprecations/DeprecationUse.js';
import type { House } from '../../lib/discord/House.js';
import { infoCard } from '../../lib/discord/infoCard.js';
import type { SubcommandDefinition } from '../definition.js';
import { flag, readName } from '../options.js';

export const info: SubcommandDefinition = {
  name: 'info',
  description: 'One flag at a glance',
  needs: 'look',
  onlyShows: true,
  options: [flag()],
  async run(turn) {
    const { flags } = turn.house;
    const overview = flags.overview(readName(turn.interaction.options));
    const { key } = overview.flag;
    await turn.show(infoCard(flags, overview, await lastUsed(flags, key), await replaced(turn.house, key)));
  },
};

/** What is not in memory: with the store away, the rest is worth showing all the more. */
async function lastUsed(flags: FlagsRoom, key: string): Promise<number | string> {
  try {
    return (await flags.lastUsed(key)) ?? 'never, as far as is known';
  } catch (error) {
    if (error instanceof Unavailable) return 'not known while the state store is away';
    throw error;
  }
}

async function replaced({ deprecations }: House, key: string): Promise<readonly UsedDeprecation[]> {
  try {
    return await deprecations.list(key);
  } catch (error) {
    if (error instanceof Unavailable) return [];
    throw error;
  }
}
