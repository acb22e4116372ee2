/** The cards that should stand in the staff's channel: one a rollout under way, and those of rollouts that have just ended. */
import type { Card } from '../../alerts/Card.js';
import type { LiveMessage } from '../../alerts/live/LiveMessage.js';
import type { News } from '../../rollouts/documents.js';
import { UnknownRollout } from '../../rollouts/errors.js';
import type { RolloutStatus } from '../../rollouts/RolloutStatus.js';
import type { ComponentsMessage } from '../ComponentsMessage.js';
import { rolloutDigest } from './rolloutCard.js';
import type { RolloutHouse } from './RolloutHouse.js';
import { drawRollout } from './showRollout.js';

/** One that was over before its card was written still gets it: its card is not final so soon; ms of real time. */
const lingersMs = 60_000;

/** @param known ids of rollouts whose cards are not final yet */
export async function liveRollouts(
  house: RolloutHouse,
  known: readonly string[],
): Promise<readonly LiveMessage<ComponentsMessage>[]> {
  const { domainTime, rollouts } = house;
  const endedSince = domainTime.now() - lingersMs * (domainTime.speed ?? 1);
  const fresh = await rollouts.list({ endedSince });
  const isFresh = new Set(fresh.map(({ id }) => id));
  const ended = await Promise.all(known.filter((id) => !isFresh.has(id)).map((id) => find(house, id)));
  return [
    ...fresh.map((status) => live(house, status, false)),
    ...ended.filter((status) => status !== undefined).map((status) => live(house, status, true)),
  ];
}

function live(house: RolloutHouse, status: RolloutStatus, isFinal: boolean): LiveMessage<ComponentsMessage> {
  return {
    key: status.id,
    digest: rolloutDigest(status, house),
    // Buttons carry the revision: an old one would be refused.
    mark: String(status.revision),
    isFinal,
    thread: {
      name: `${status.flag}: what happened`,
      news: status.news.map((news) => ({ n: news.n, card: newsCard(news) })),
    },
    draw: () => drawRollout(house, status),
  };
}

/** Longer is no title. */
const longestTitle = 100;

/** Its first sentence, or what stands before its colon, is the title: `Paused`, `Declined by Ada`. */
export function newsCard({ tone, text }: Pick<News, 'tone' | 'text'>): Card {
  const heads = [/^.*?\.(?=\s|$)/s, /^.*?:(?=\s)/s].map((end) => end.exec(text)?.[0] ?? text);
  const head = heads.find(({ length }) => length <= longestTitle);
  if (head === undefined) return { tone, title: 'What happened', body: text };
  const body = text.slice(head.length).trim();
  return { tone, title: head.replace(/[.:]$/, ''), ...(body !== '' && { body }) };
}

/** A rollout that the store no longer knows (it was restored from before) has no card. */
async function find(house: RolloutHouse, id: string): Promise<RolloutStatus | undefined> {
  try {
    return await house.rollouts.status(id);
  } catch (error) {
    if (error instanceof UnknownRollout) return undefined;
    throw error;
  }
}
