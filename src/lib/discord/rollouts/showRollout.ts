/** Draws a rollout's card with everything on it, and shows it to whoever asks. */
import type { RolloutStatus } from '../../rollouts/RolloutStatus.js';
import type { ComponentsMessage } from '../ComponentsMessage.js';
import { staleNotice } from '../staleness.js';
import type { Turn } from '../Turn.js';
import { chartFile } from './chartFile.js';
import { rolloutCard } from './rolloutCard.js';
import type { RolloutHouse } from './RolloutHouse.js';

export async function drawRollout(house: RolloutHouse, status: RolloutStatus): Promise<ComponentsMessage> {
  const { stale } = house.flags;
  const chart = await chartFile(house, status);
  return rolloutCard(status, {
    clocks: house,
    writtenAt: house.realTime.now(),
    ...(chart !== undefined && { chart }),
    ...(stale !== undefined && { notice: staleNotice(stale) }),
  });
}

/** @param place in place of the card whose button was pressed, or a message of its own */
export async function showRollout(turn: Turn, status: RolloutStatus, place?: 'new' | 'same'): Promise<void> {
  await turn.showComponents(await drawRollout(turn.house, status), place);
}
