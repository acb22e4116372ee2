/** What may become of a rollout, each as one pure step: by the judge, or by a person. */
import type { Notice } from '../alerts/Card.js';
import {
  rolloutAsks,
  rolloutCancelled,
  rolloutCompleted,
  type RolloutNews,
  rolloutPaused,
  rolloutResumed,
  rolloutRolledBack,
  rolloutStarted,
  rolloutStepped,
  rolloutTells,
} from '../alerts/wording/rollout.js';
import type { Actor } from '../flags/changes.js';
import type { Stamp } from '../flags/documents.js';
import { percent } from '../flags/words.js';
import type { Verdict } from '../health/judging/verdict.js';
import { type Change, moved, telling, unchanged } from './change.js';
import type { Obstacle, RolloutDocument } from './documents.js';
import { isLastStep, servedBasisPoints, targetsUpTo } from './serving.js';
import { sentence } from './showing/sentences.js';
import { span } from './showing/span.js';

/** Who decides, when. */
export interface Moment {
  readonly by: Actor;
  readonly reason?: string | undefined;
  readonly now: number;
  readonly realNow: number;
  readonly judgedMs: number;
}

export const judge: Actor = { id: 'system:judge', name: 'the judge' };

export function stampOf({ by, now, reason }: Moment): Stamp {
  return { by: by.id, at: now, ...(reason !== undefined && { reason }) };
}

/** The step is served from now on. */
export function enter(document: RolloutDocument, step: number, moment: Moment, verdict?: Verdict): Change {
  const { now, realNow, judgedMs } = moment;
  const basisPoints = servedBasisPoints(document, step);
  const targets = targetsUpTo(document, step);
  const isFirst = document.served === null;
  const name = stepName(document, step);
  const serves = `${percent(basisPoints)} of guilds${targets.length > 0 ? ` and ${targets.length} chosen` : ''}`;
  const next = moved(document, 'running', stampOf(moment), {
    step,
    stepsBegan: [...document.stepsBegan.slice(0, step), now],
    stepBeganJudgedMs: judgedMs,
    stoppedJudgedMs: null,
    served: { at: now, realAt: realNow },
    progress: nothingSeen,
    obstacle: null,
    pause: null,
    asked: false,
    ...(document.approval?.step === step && { approval: null }),
  });
  const said = {
    ...newsOf(next, moment),
    sentences: verdict === undefined ? [] : sentencesOf(document, verdict),
  };
  const duration = span(document.plan.steps[step]?.durationMs ?? 0);
  return {
    document: telling(
      next,
      now,
      'info',
      isFirst ? `Started with ${name}: ${serves}, for ${duration} at least.` : `On to ${name}: ${serves}.`,
    ),
    serves: {
      title: `Roll out ${document.flag} to ${serves}`,
      rollout: { id: document.id, targets },
      enabled: true,
      basisPoints,
    },
    notices: [
      isFirst
        ? operations(rolloutStarted(said, `First ${name}: ${serves}, for ${duration} at least.`))
        : operations(rolloutStepped(said, serves)),
    ],
    beginsAfresh: false,
    entersStep: true,
  };
}

/** On to the next step, or to the end. */
export function goOn(document: RolloutDocument, moment: Moment, verdict?: Verdict): Change {
  if (!isLastStep(document.plan, document.step)) return enter(document, document.step + 1, moment, verdict);
  const { now } = moment;
  const basisPoints = Math.max(
    document.plan.steps[document.step]?.basisPoints ?? 0,
    servedBasisPoints(document, document.step),
  );
  const serves = basisPoints === 10_000 ? 'on for everyone' : `on for ${percent(basisPoints)} of guilds`;
  const next = moved(document, 'completed', stampOf(moment), {
    obstacle: null,
    pause: null,
    approval: null,
    ended: { ...stampOf(moment), how: 'completed' },
  });
  const said = {
    ...newsOf(next, moment),
    sentences: verdict === undefined ? [] : sentencesOf(document, verdict),
  };
  return {
    ...unchanged(telling(next, now, 'good', `Complete: ${serves}.`)),
    serves: { title: `Complete the rollout of ${document.flag}`, rollout: null, basisPoints },
    notices: [operations(rolloutCompleted(said, serves))],
  };
}

/** Nothing is widened; who has it keeps it, and its time stands still. */
export function pause(
  document: RolloutDocument,
  moment: Moment,
  verdict: Verdict | null,
  endsWith: 'cause' | 'person',
): Change {
  const wasPaused = document.state === 'paused';
  const sentences = verdict === null ? [] : sentencesOf(document, verdict);
  const next = moved(document, 'paused', stampOf(moment), {
    pause: { since: document.pause?.since ?? stampOf(moment), endsWith, verdict },
    stoppedJudgedMs: document.stoppedJudgedMs ?? moment.judgedMs,
    obstacle: null,
  });
  const text =
    `${wasPaused ? 'Still paused' : 'Paused'}. ${sentences.join(' ') || (moment.reason ?? '')}`.trim();
  const pages =
    verdict?.reasons.some((reason) => reason.code === 'HARD_LIMIT' && reason.limit.pages) ?? false;
  return {
    ...unchanged(telling(next, moment.now, 'warn', text)),
    notices: [operations(rolloutPaused({ ...newsOf(next, moment), sentences }, endsWith === 'cause'), pages)],
  };
}

export function resume(document: RolloutDocument, moment: Moment): Change {
  const isPersons = document.pause?.endsWith === 'person';
  const next = moved(document, 'running', stampOf(moment), {
    pause: null,
    stepBeganJudgedMs:
      document.stepBeganJudgedMs + moment.judgedMs - (document.stoppedJudgedMs ?? moment.judgedMs),
    stoppedJudgedMs: null,
    ...(isPersons && { resumedAt: moment.now, progress: nothingSeen }),
  });
  return {
    ...unchanged(
      telling(next, moment.now, 'info', isPersons ? 'Resumed.' : 'Goes on: what paused it is over.'),
    ),
    notices: [operations(rolloutResumed(newsOf(next, moment)))],
    beginsAfresh: isPersons,
  };
}

/** Off at once by the kill switch; the flag is let go of in the next turn. */
export function rollBack(document: RolloutDocument, moment: Moment, verdict: Verdict | null): Change {
  const sentences = verdict === null ? [] : sentencesOf(document, verdict);
  const next = moved(document, 'rolling-back', stampOf(moment), { obstacle: null });
  const card = rolloutRolledBack({ ...newsOf(next, moment), sentences });
  return {
    ...unchanged(
      telling(next, moment.now, 'bad', `Rolled back. ${sentences.join(' ') || (moment.reason ?? '')}`.trim()),
    ),
    serves: { title: `Roll back ${document.flag}`, rollout: { id: document.id, targets: [] }, kills: true },
    notices: [
      operations(card, verdict !== null),
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
  const serves =
    leave === 'keep' && isServed
      ? `it stays at ${percent(servedBasisPoints(document, document.step))}`
      : `it is back at ${enabled ? percent(basisPoints) : 'off'}`;
  const next = moved(document, 'cancelled', stampOf(moment), {
    obstacle: null,
    pause: null,
    approval: null,
    ended: { ...stampOf(moment), how: 'cancelled' },
  });
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

/** It waits for something that is not the judge's to find. */
export function holdFor(document: RolloutDocument, moment: Moment, obstacle: Obstacle): Change {
  const isSame = JSON.stringify(document.obstacle) === JSON.stringify(obstacle);
  const state = document.served === null || obstacle.code === 'APPROVAL' ? 'waiting' : 'holding';
  if (isSame && document.state === state) return unchanged(document);
  return unchanged(moved(document, state, stampOf(moment), { obstacle }));
}

/** The judge wants to see more. Staff are asked once a step where it cannot end by itself. */
export function hold(document: RolloutDocument, moment: Moment, verdict: Verdict): Change {
  const isOver = !verdict.reasons.some(({ code }) => code === 'TIME_NOT_OVER');
  const state = isOver ? 'holding' : 'running';
  const isNew = document.state !== state || document.obstacle !== null;
  const asks = verdict.asksStaff && !document.asked;
  if (!isNew && !asks) return unchanged(document);
  const next = moved(document, state, stampOf(moment), { obstacle: null, asked: document.asked || asks });
  if (!asks) return unchanged(next);
  const sentences = sentencesOf(document, verdict);
  return {
    ...unchanged(telling(next, moment.now, 'warn', `Needs a decision. ${sentences.join(' ')}`)),
    notices: [operations(rolloutAsks({ ...newsOf(next, moment), sentences }))],
  };
}

/** Guards that only tell, each once. */
export function tell(
  document: RolloutDocument,
  moment: Moment,
  found: readonly { readonly guard: string; readonly text: string }[],
): Change {
  const fresh = found.filter(({ guard }) => !document.told.includes(guard));
  if (fresh.length === 0) return unchanged(document);
  const sentences = fresh.map(({ text }) => text);
  const next = { ...document, told: [...document.told, ...fresh.map(({ guard }) => guard)] };
  return {
    ...unchanged(telling(next, moment.now, 'warn', sentences.join(' '))),
    notices: [operations(rolloutTells({ ...newsOf(next, moment), sentences }))],
  };
}

export function sentencesOf({ progress }: RolloutDocument, verdict: Verdict): readonly string[] {
  return verdict.reasons.map((reason) => sentence(reason, progress.canaryGuilds));
}

export function newsOf(document: RolloutDocument, { by, reason }: Moment): RolloutNews {
  const { id, revision, flag, plan, step } = document;
  return { id, revision, flag, plan: plan.name, step: stepName(document, step), by, reason };
}

export function stepName({ plan }: Pick<RolloutDocument, 'plan'>, step: number): string {
  return plan.steps[step]?.name ?? 'the end';
}

export function operations(card: Notice['card'], pingOnCall = false): Notice {
  return { kind: 'rollout', to: 'operations', card, ...(pingOnCall && { pingOnCall }) };
}

export const nothingSeen: RolloutDocument['progress'] = {
  canaryGuilds: 0,
  controlGuilds: 0,
  chosenGuilds: 0,
  failingGuilds: 0,
  canaryRuns: 0,
  controlRuns: 0,
};
