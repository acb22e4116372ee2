/** Where a live card stands: it is written a moment after what it shows began. */
import { setTimeout as passed } from 'node:timers/promises';
import type { Text } from '../../alerts/Card.js';
import { Unavailable } from '../../state/errors.js';
import type { House } from '../House.js';

/** How long somebody who pressed is told later, ms of real time. */
const patienceMs = 8_000;
const everyMs = 250;

/**
 * undefined where it does not come in time: the channel is gone, or nobody leads.
 *
 * @param withinMs 0: it stands there by now, or not at all
 */
export async function cardLink(
  house: Pick<House, 'cardOf' | 'config' | 'logger'>,
  id: string,
  withinMs = patienceMs,
): Promise<Text | undefined> {
  for (let waitedMs = 0; ; waitedMs += everyMs) {
    try {
      const place = await house.cardOf(id);
      if (place !== undefined)
        return [
          { message: { guild: house.config.staff.guildId, channel: place.channelId, id: place.messageId } },
        ];
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      house.logger.debug('Where the card stands could not be read.', error);
      return undefined;
    }
    if (waitedMs + everyMs > withinMs) return undefined;
    await passed(everyMs);
  }
}
