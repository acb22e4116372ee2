/** `/smoke run`: the answer is edited while the tests go on, and ends as their result. */
import type { SmokeRunDocument } from '../../smoke/runs/documents.js';
import type { SmokeTick } from '../../smoke/SmokeTest.js';
import type { Turn } from '../Turn.js';
import { endedCard, tickingCard } from './cards.js';

/** Discord counts edits; people read no more of them, ms of real time. */
const editEveryMs = 700;

export async function runSmokeTests(
  turn: Turn,
  what: SmokeRunDocument['what'],
  reason: string | undefined,
): Promise<void> {
  turn.require('narrow');
  const { smokeRuns, realTime, logger } = turn.house;
  let shownAt = Number.NEGATIVE_INFINITY;
  let editing: Promise<void> = Promise.resolve();
  const onTick = (ticks: readonly SmokeTick[]): void => {
    if (realTime.now() - shownAt < editEveryMs) return;
    shownAt = realTime.now();
    editing = editing
      .then(() => turn.show(tickingCard(what, ticks)))
      .catch((error: unknown) => logger.debug('The progress of smoke tests could not be shown.', error));
  };
  const asked = { what, by: turn.actor, ...(reason !== undefined && { reason }) };
  const { run, isKept } = await smokeRuns.run({ ...asked, onTick });
  await editing;
  await turn.show(endedCard(run, isKept));
}
