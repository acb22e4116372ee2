/** A rollout as people are shown it. */
import { percent } from '../../flags/words.js';
import { lnLimit } from '../../health/judging/eProcess.js';
import { explain } from '../../health/judging/explanation.js';
import type { RiskRatioInterval } from '../../health/judging/riskRatio.js';
import { canNow } from '../acting/asked.js';
import { measuredGuilds, sentencesOf, stepName } from '../moment.js';
import type { Approval, EvidenceDocument, RolloutDocument } from '../documents.js';
import { elapsedMs } from '../judging/findings.js';
import { guardId, isProven } from '../judging/guards.js';
import type { PlanGuard } from '../plans/Plan.js';
import type { GuardStatus, RolloutStatus, StepStatus } from '../RolloutStatus.js';
import { isComparedStep, isLastStep, servedBasisPoints, targetsUpTo } from '../serving.js';
import { obstacleSentence, sentence } from './sentences.js';
import { sourceStatuses } from './sourceStatus.js';

export interface StatusFacts {
  readonly now: number;
  readonly judgedMs: number;
  readonly evidence: EvidenceDocument | undefined;
  readonly intervalOf: (metric: PlanGuard['metric']) => RiskRatioInterval | null;
  readonly guilds: number;
  readonly members: number;
  readonly outOf: number;
  readonly overrides: readonly string[];
}

export function statusOf(document: RolloutDocument, facts: StatusFacts): RolloutStatus {
  const { id, revision, flag, plan, state, step, progress, verdict, approval, created, pause, obstacle } =
    document;
  const durationMs = plan.steps[step]?.durationMs ?? 0;
  const hasBegun = document.served !== null;
  const elapsed = hasBegun ? Math.max(0, elapsedMs(document, facts.judgedMs)) : 0;
  return {
    id,
    revision,
    flag,
    plan: plan.name,
    state,
    tone: toneOf(document),
    headline: headlineOf(document),
    steps: plan.steps.map((_, at) => stepStatus(document, at)),
    step,
    phase: { elapsedMs: elapsed, durationMs, remainingMs: Math.max(0, durationMs - elapsed) },
    reach: {
      guilds: facts.guilds,
      members: facts.members,
      outOf: facts.outOf,
      activeGuilds: progress.canaryGuilds + progress.chosenGuilds,
      runs: progress.canaryRuns,
    },
    guards: plan.guards.map((guard) => guardStatus(guard, document, facts)),
    sources: sourceStatuses(document, facts.evidence),
    verdict:
      verdict === null
        ? null
        : { action: verdict.action, sentences: sentencesOf(document, verdict), at: verdict.at },
    next: nextOf(document, facts.now, durationMs - elapsed),
    obstacle: obstacle === null ? null : obstacleSentence(obstacle),
    approval: approval === null ? null : approvalOf(approval),
    started: created,
    updatedAt: document.updated.at,
    paused:
      pause === null
        ? null
        : {
            by: pause.since.by,
            at: pause.since.at,
            reason:
              pause.since.reason ??
              pause.verdict?.reasons.map((why) => sentence(why, measuredGuilds(progress))).join(' '),
            endsByItself: pause.endsWith === 'cause',
          },
    acknowledged: document.acknowledged,
    ended: document.ended,
    overrides: facts.overrides,
    news: document.news,
    can: canNow(document),
  };
}

function approvalOf({ why, askedBy, asked = 0, given }: Approval): RolloutStatus['approval'] {
  return { why, askedBy, asked, given };
}

function stepStatus(document: RolloutDocument, at: number): StepStatus {
  const { plan, step, stepsBegan, state } = document;
  const { name = '', basisPoints = 0, durationMs = 0 } = plan.steps[at] ?? {};
  const isDone = at < step || state === 'completed';
  return {
    name,
    basisPoints,
    servedBasisPoints: servedBasisPoints(document, at),
    durationMs,
    is: isDone ? 'done' : at === step && document.served !== null ? 'now' : 'next',
    isCompared: isComparedStep(document, at),
    targets: targetsUpTo(document, at).length,
    beganAt: stepsBegan[at] ?? null,
  };
}

function guardStatus(
  guard: PlanGuard,
  document: RolloutDocument,
  { evidence, intervalOf }: StatusFacts,
): GuardStatus {
  const { metric, margin, alpha, action } = guard;
  const state = evidence?.guards[guardId(guard)];
  const interval = state === undefined ? null : intervalOf(metric);
  const peakLnE = state?.peakLnE ?? 0;
  const comparison = { metric, margin, alpha, leadsTo: 'PAUSE' as const, peakLnE, interval };
  const hasData = interval !== null || isProven(guard, state);
  return {
    id: guardId(guard),
    metric,
    margin,
    action,
    is: isProven(guard, state) ? 'proven' : hasData ? 'ok' : 'no data',
    ratio: interval?.ratio ?? null,
    atLeast: interval?.lower ?? 0,
    below: interval?.upper ?? null,
    toLimit: Math.min(1, Math.max(0, peakLnE / lnLimit(alpha))),
    text: hasData ? explain(comparison, measuredGuilds(document.progress)).text : 'Nothing to compare yet.',
  };
}

const states: Readonly<Record<RolloutDocument['state'], string>> = {
  draft: 'Being prepared',
  waiting: 'Waiting',
  running: 'Running',
  holding: 'Holding',
  paused: 'Paused',
  'rolling-back': 'Rolling back',
  completed: 'Complete',
  'rolled-back': 'Rolled back',
  cancelled: 'Cancelled',
};

function headlineOf(document: RolloutDocument): string {
  const { state, step, plan } = document;
  if (state === 'completed') {
    const basisPoints = plan.steps[step]?.basisPoints ?? 0;
    return basisPoints === 10_000
      ? 'Complete: on for everyone'
      : `Complete: on for ${percent(basisPoints)} of guilds`;
  }
  if (document.served === null || state === 'rolled-back' || state === 'cancelled') return states[state];
  const targets = targetsUpTo(document, step).length;
  const chosen = targets > 0 ? ` and ${targets} chosen` : '';
  return `${states[state]}: ${stepName(document, step)}, ${percent(servedBasisPoints(document, step))} of guilds${chosen}`;
}

function toneOf({ state, verdict, asked }: RolloutDocument): RolloutStatus['tone'] {
  if (state === 'completed') return 'good';
  if (state === 'rolling-back' || state === 'rolled-back') return 'bad';
  if (state === 'paused' || state === 'cancelled' || asked) return 'warn';
  return verdict?.action === 'PAUSE' || state === 'waiting' ? 'warn' : 'info';
}

function nextOf(document: RolloutDocument, now: number, remainingMs: number): RolloutStatus['next'] {
  const { state, step, plan, startAt, obstacle, asked } = document;
  const then = isLastStep(plan, step) ? 'Completes' : `Goes on to ${stepName(document, step + 1)}`;
  switch (state) {
    case 'draft':
      return { text: 'Looks at what guilds usually do, then starts', at: null };
    case 'waiting':
      return obstacle?.code === 'START_TIME'
        ? { text: `Starts with ${stepName(document, 0)}`, at: startAt }
        : {
            text:
              document.served === null
                ? `Starts with ${stepName(document, 0)} once nothing is in the way`
                : `${then} once it is approved`,
            at: null,
          };
    case 'running':
      return { text: `${then}, if nothing is found`, at: now + Math.max(0, remainingMs) };
    case 'holding':
      return asked
        ? { text: 'A person decides: advance or roll back', at: null }
        : { text: `${then} once enough is seen and nothing is in the way`, at: null };
    case 'paused':
      return document.pause?.endsWith === 'cause'
        ? { text: 'Goes on by itself once what paused it is over', at: null }
        : { text: 'A person decides: resume or roll back', at: null };
    case 'rolling-back':
      return { text: 'Off everywhere; lets go of the flag', at: null };
    case 'rolled-back':
      return { text: 'Mend it, unkill the flag, start again', at: null };
    case 'completed':
    case 'cancelled':
      return { text: 'Nothing', at: null };
  }
}
