/** Who decides and when, and what every decision says of itself. */
import type { Notice } from '../alerts/Card.js';
import type { RolloutNews } from '../alerts/wording/rolloutNews.js';
import type { Actor } from '../flags/changes.js';
import type { Stamp } from '../flags/documents.js';
import type { Verdict } from '../health/judging/verdict.js';
import type { RolloutDocument, StepProgress } from './documents.js';
import { sentence } from './showing/sentences.js';

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

export function sentencesOf({ progress }: RolloutDocument, verdict: Verdict): readonly string[] {
  return verdict.reasons.map((reason) => sentence(reason, measuredGuilds(progress)));
}

export function newsOf(document: RolloutDocument, { by, reason }: Moment): RolloutNews {
  const { id, revision, flag, plan, step } = document;
  return { id, revision, flag, plan: plan.name, step: stepName(document, step), by, reason };
}

export function stepName({ plan }: Pick<RolloutDocument, 'plan'>, step: number): string {
  return plan.steps[step]?.name ?? 'the end';
}

/** @param calledFor the id of the rollout that on-call is called for; undefined = nobody is called */
export function operations(card: Notice['card'], calledFor?: string): Notice {
  const call = calledFor === undefined ? {} : { pingOnCall: true, trouble: calledFor };
  return { kind: 'rollout', to: 'operations', card, ...call };
}

/** Guilds with the feature that what was measured comes from, over all steps: so many at least. */
export function measuredGuilds({ canaryGuilds, guildsBefore = 0 }: StepProgress): number {
  return Math.max(canaryGuilds, guildsBefore);
}

/** The step's count begins anew. */
export function countedAnew(progress: StepProgress): StepProgress {
  return { ...nothingSeen, guildsBefore: measuredGuilds(progress) };
}

export const nothingSeen: StepProgress = {
  canaryGuilds: 0,
  controlGuilds: 0,
  chosenGuilds: 0,
  failingGuilds: 0,
  canaryRuns: 0,
  controlRuns: 0,
};
