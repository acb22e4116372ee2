/** How a rollout goes on, each as one pure step: enters, completes, pauses, resumes, holds, tells. */
import {
  rolloutAsks,
  rolloutCompleted,
  rolloutPaused,
  rolloutResumed,
  rolloutStarted,
  rolloutStepped,
  rolloutTells,
} from '../alerts/wording/rollout.js';
import { percent } from '../flags/words.js';
import type { Verdict } from '../health/judging/verdict.js';
import { type Change, moved, telling, unchanged } from './change.js';
import type { Obstacle, RolloutDocument } from './documents.js';
import { countedAnew, type Moment, newsOf, operations, sentencesOf, stampOf, stepName } from './moment.js';
import { isLastStep, servedBasisPoints, targetsUpTo } from './serving.js';
import { span } from '../core/span.js';

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
    progress: countedAnew(document.progress),
    obstacle: null,
    pause: null,
    asked: false,
    ...(document.approval?.step === step && { approval: null }),
  });
  const { created } = document;
  // It was a person who wanted it to start, whoever enters the first step for them.
  const starter = { ...moment, by: { id: created.by, name: created.name }, reason: created.reason };
  const said = {
    ...newsOf(next, isFirst ? starter : moment),
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
    notices: [
      operations(
        rolloutPaused({ ...newsOf(next, moment), sentences }, endsWith === 'cause'),
        pages ? document.id : undefined,
      ),
    ],
  };
}

export function resume(document: RolloutDocument, moment: Moment): Change {
  const isPersons = document.pause?.endsWith === 'person';
  const next = moved(document, 'running', stampOf(moment), {
    pause: null,
    stepBeganJudgedMs:
      document.stepBeganJudgedMs + moment.judgedMs - (document.stoppedJudgedMs ?? moment.judgedMs),
    stoppedJudgedMs: null,
    ...(isPersons && { resumedAt: moment.now, progress: countedAnew(document.progress) }),
  });
  return {
    ...unchanged(
      telling(next, moment.now, 'info', isPersons ? 'Resumed.' : 'Goes on: what paused it is over.'),
    ),
    notices: [operations(rolloutResumed(newsOf(next, moment)))],
    beginsAfresh: isPersons,
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
