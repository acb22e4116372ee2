/** The rollbacks' cards in the staff's channel: one a rollback under way, and those of rollbacks that have just ended. */
import type { LiveMessage } from '../../alerts/live/LiveMessage.js';
import { scopeOf } from '../../alerts/wording/rollbackFacts.js';
import type { RollbackDocument } from '../../rollbacks/documents.js';
import type { ComponentsMessage } from '../ComponentsMessage.js';
import { newsCard } from '../rollouts/liveRollouts.js';
import { drawRollback, rollbackDigest } from './rollbackCard.js';
import type { RollbackHouse } from './RollbackHouse.js';
import { noticesFor } from '../staleness.js';

/** How long one that ended before its card was first written still gets one, ms of real time. */
const shownAfterMs = 600_000;
/** One that is over so soon is still written at least once. */
const lingersMs = 15_000;

/** @param known names of messages whose cards are not final yet */
export function liveRollbacks(
  house: RollbackHouse,
  known: readonly string[],
): readonly LiveMessage<ComponentsMessage>[] {
  const wanted = new Set(known);
  const now = house.realTime.now();
  return house.rollbacks
    .list()
    .filter(({ id, endedAt }) => endedAt === null || wanted.has(id) || now - endedAt < shownAfterMs)
    .map((rollback) => live(house, rollback, now));
}

function live(house: RollbackHouse, rollback: RollbackDocument, now: number): LiveMessage<ComponentsMessage> {
  const { id, revision, state, steps, endedAt, proof, news, acknowledged } = rollback;
  const ticks = steps.map((step) => step.state).join();
  return {
    key: id,
    digest: rollbackDigest(rollback, { clocks: house, notices: noticesFor(house) }),
    // Every tick, and who looks after it, is shown at once; how far a step is may wait.
    mark: `${revision} ${state} ${ticks} ${acknowledged?.by ?? ''}`,
    isFinal: endedAt !== null && now - endedAt > lingersMs && (proof === null || proof.isFinal),
    thread: {
      name: `Rollback of ${scopeOf(rollback)}: what happened`,
      news: news.map((one) => ({ n: one.n, card: newsCard(one) })),
    },
    draw: () => Promise.resolve(drawRollback(house, rollback)),
  };
}
