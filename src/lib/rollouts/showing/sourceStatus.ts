/** The metrics of other systems as people are shown them. */
import { lnLimit } from '../../health/judging/eProcess.js';
import { explain } from '../../health/judging/explanation.js';
import type { PrometheusMetric } from '../../health/sources/planSchema.js';
import type { EvidenceDocument, RolloutDocument, SourceState } from '../documents.js';
import { ratioOf, sourceComparison } from '../judging/sources/sourceFindings.js';
import { isCompared } from '../judging/sources/takeReading.js';
import type { SourceStatus } from '../RolloutStatus.js';
import { figure } from './sentences.js';

export function sourceStatuses(
  { plan, progress }: Pick<RolloutDocument, 'plan' | 'progress'>,
  evidence: EvidenceDocument | undefined,
): readonly SourceStatus[] {
  return (plan.prometheus?.metrics ?? []).map((metric) =>
    sourceStatus(metric, evidence?.sources?.[metric.name], progress.canaryGuilds),
  );
}

function sourceStatus(
  metric: PrometheusMetric,
  state: SourceState | undefined,
  guilds: number,
): SourceStatus {
  const { name, action } = metric;
  const limit = isCompared(metric) ? `surely above ${metric.margin}×` : `above ${figure(metric.above)}`;
  const isProven = state !== undefined && proves(metric, state);
  if (!isProven && (state === undefined || state.heardAt === null || state.silence !== null)) {
    const text = state?.silence ?? 'Not asked yet: there are no five minutes of this phase to ask about.';
    return { name, action, is: 'no data', figure: '', limit, text };
  }
  const is = isProven ? 'proven' : 'ok';
  if (!isCompared(metric)) {
    const text = `It is at ${figure(state.value ?? 0)}; the limit is ${figure(metric.above)}.`;
    return { name, action, is, figure: figure(state.value ?? 0), limit, text };
  }
  const { canary, control } = state;
  const ratio = ratioOf(state);
  const counts = `${figure(canary.bad)} bad of ${figure(canary.exposure)} with it, ${figure(control.bad)} of ${figure(control.exposure)} without.`;
  const { peakLnE, ...comparison } = sourceComparison(metric, state);
  const strength = `Evidence ${figure(Math.exp(Math.min(peakLnE, 700)))} of the ${figure(Math.exp(lnLimit(metric.alpha)))} at which it acts.`;
  const proven = isProven ? [explain({ ...comparison, peakLnE }, guilds).text] : [];
  return {
    name,
    action,
    is,
    figure: ratio === null ? 'nothing to compare with' : `${ratio.toFixed(2)}×`,
    limit,
    text: [...proven, counts, strength].join(' '),
  };
}

function proves(metric: PrometheusMetric, state: SourceState): boolean {
  if (isCompared(metric)) return sourceComparison(metric, state).interval !== null;
  return state.value !== null && state.value > metric.above && state.silence === null;
}
