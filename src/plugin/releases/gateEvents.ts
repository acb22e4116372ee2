/**
 * Drops the events that another release answers, before any listener hears of them.
 *
 * The gate is the client's own `emit`: the one door through which an event reaches Sapphire's listeners, the host's own, and
 * the collectors that wait for a button. It is public and stays what it is, which the way to it (packets, actions) is not; and
 * the cache behind it goes on being filled, so that a stand-by knows its guilds when its turn comes. Only events that lead to
 * an answer go through: a guild that joins concerns every process.
 */
import { Events, type Client } from 'discord.js';
import type { ReleasesRoom } from '../../lib/deployments/releases/documents.js';
import { eventMoment, type DiscordEvent } from '../../lib/discord/eventMoment.js';
import type { Logger } from '../../lib/core/Logger.js';
import { wrapMethod } from '../measuring/wrapMethod.js';

const gated = new Set<unknown>([Events.InteractionCreate, Events.MessageCreate]);

export function gateEvents(
  client: Pick<Client, 'emit' | 'options'>,
  releases: Pick<ReleasesRoom, 'decide'>,
  logger: Pick<Logger, 'debug' | 'error'>,
): void {
  wrapMethod(client, 'emit', ([name, subject], emit) => {
    if (!gated.has(name) || !isDiscordEvent(subject)) return emit();
    const { at, shard } = eventMoment(subject, client.options.shardCount ?? 1);
    const isOurs = releases.decide(at, shard);
    if (isOurs === true) return emit();
    if (isOurs === false) {
      logger.debug(`Another release answers ${subject.id}.`);
      return false;
    }
    isOurs
      .then((isOursAfterAll) => {
        if (isOursAfterAll) emit();
        else logger.debug(`Another release answers ${subject.id}.`);
      })
      .catch((error: unknown) =>
        logger.error(`The event ${subject.id} was held back, and failed then.`, error),
      );
    return true;
  });
}

function isDiscordEvent(value: unknown): value is DiscordEvent {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
}
