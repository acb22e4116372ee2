/** How a rollout ends before its time: rolled back, by the judge or by hand, cancelled, or declined by a second person. */
import { rolloutCancelled, rolloutRollbackInitiated, rolloutRolledBack } from '../alerts/wording/rollout.js';
import { percent } from '../flags/words.js';
import type { Verdict } from '../health/judging/verdict.js';
import { type Change, moved, telling, unchanged } from './change.js';
import { pause } from './decisions.js';
import type { RolloutDocument } from './documents.js';
import { type Moment, newsOf, operations, sentencesOf, stampOf, stepName } from './moment.js';
import { servedBasisPoints } from './serving.js';

/** Off at once by the kill switch; the flag is let go of in the next turn. */
export function rollBack(document: RolloutDocument, moment: Moment, verdict: Verdict | null): Change {
  const sentences = verdict === null ? [] : sentencesOf(document, verdict);
  const next = moved(document, 'rolling-back', stampOf(moment), { obstacle: null });
  const card = rolloutRollbackInitiated({ ...newsOf(next, moment), sentences });
  return {
    ...unchanged(
      telling(next, moment.now, 'bad', `Rolled back. ${sentences.join(' ') || (moment.reason ?? '')}`.trim()),
    ),
    serves: { title: `Roll back ${document.flag}`, rollout: { id: document.id, targets: [] }, kills: true },
    notices: [
      operations(card, verdict === null ? undefined : document.id),
      { kind: 'rollout', to: 'dev-team', card },
      { kind: 'rollout', to: 'management', card },
    ],
  };
}

/** It is off; the flag stands as before the rollout, under its kill switch. */
export function finishRollback(document: RolloutDocument, moment: Moment): Change {
  const { enabled, basisPoints } = document.before;
  return {
    ...unchanged(
      moved(document, 'rolled-back', stampOf(moment), { ended: { ...stampOf(moment), how: 'rolled-back' } }),
    ),
    serves: { title: `End the rollout of ${document.flag}`, rollout: null, enabled, basisPoints },
  };
}

/** Somebody turned the flag off by hand: that is a rollback, too. */
export function turnedOffByHand(document: RolloutDocument, moment: Moment, what: string): Change {
  const next = moved(document, 'rolling-back', stampOf(moment), { obstacle: null });
  const sentences = [`${what}, so the rollout is over.`];
  return {
    ...unchanged(telling(next, moment.now, 'bad', `Rolled back: ${what}.`)),
    serves: { title: `Roll back ${document.flag}`, rollout: { id: document.id, targets: [] } },
    notices: [operations(rolloutRolledBack({ ...newsOf(next, moment), sentences }))],
  };
}

export function cancel(document: RolloutDocument, moment: Moment, leave: 'keep' | 'restore'): Change {
  const { enabled, basisPoints } = document.before;
  const isServed = document.served !== null;
  const serves = !isServed
    ? `it stays ${enabled ? `at ${percent(basisPoints)}` : 'off'}, as it was`
    : leave === 'keep'
      ? `it stays at ${percent(servedBasisPoints(document, document.step))}`
      : `it is ${enabled ? `back at ${percent(basisPoints)}` : 'off again'}, as before the rollout`;
  const next = cancelled(document, moment);
  return {
    ...unchanged(telling(next, moment.now, 'warn', `Cancelled: ${serves}.`)),
    serves: {
      title: `Cancel the rollout of ${document.flag}`,
      rollout: null,
      ...(leave === 'restore' && isServed && { enabled, basisPoints }),
    },
    notices: [operations(rolloutCancelled(newsOf(next, moment), serves))],
  };
}

/** A second person does not want it to begin. */
export function declineStart(document: RolloutDocument, moment: Moment): Change {
  const text = `Declined by ${moment.by.name}: ${moment.reason ?? ''}`;
  return {
    ...unchanged(telling(cancelled(document, moment), moment.now, 'warn', text)),
    serves: { title: `Cancel the rollout of ${document.flag}`, rollout: null },
  };
}

/** A second person does not want it to go on: it stands still, and once it is resumed somebody is asked anew. */
export function declineStep(document: RolloutDocument, moment: Moment): Change {
  const step = stepName(document, document.approval?.step ?? document.step);
  const reason = `${step} was declined: ${moment.reason ?? ''}`;
  return pause({ ...document, approval: null }, { ...moment, reason }, null, 'person');
}

function cancelled(document: RolloutDocument, moment: Moment): RolloutDocument {
  return moved(document, 'cancelled', stampOf(moment), {
    obstacle: null,
    pause: null,
    approval: null,
    ended: { ...stampOf(moment), how: 'cancelled' },
  });
}
