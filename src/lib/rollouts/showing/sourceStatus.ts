/** The metrics of other systems as people are shown them. */
import { lnLimit } from '../../health/judging/eProcess.js';
import { explain } from '../../health/judging/explanation.js';
import type { PrometheusMetric } from '../../health/sources/planSchema.js';
import type { EvidenceDocument, RolloutDocument, SourceState } from '../documents.js';
import { isProvenBySource, sourceComparison } from '../judging/sources/sourceFindings.js';
import { intervalOfSource } from '../judging/sources/sourceTicks.js';
import { isCompared } from '../judging/sources/takeReading.js';
import { measuredGuilds } from '../moment.js';
import type { SourceStatus } from '../RolloutStatus.js';
import { ratioFigure } from './ratioFigure.js';
import { figure } from './sentences.js';

export function sourceStatuses(
  { plan, progress }: Pick<RolloutDocument, 'plan' | 'progress'>,
  evidence: EvidenceDocument | undefined,
): readonly SourceStatus[] {
  return (plan.prometheus?.metrics ?? []).map((metric) =>
    sourceStatus(metric, evidence?.sources?.[metric.name], measuredGuilds(progress)),
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
    const text = `It is at ${figure(state.value ?? 0)}; the limit is ${figure(metric.above)}, whatever it is without the feature.`;
    return { name, action, is, figure: `${figure(state.value ?? 0)} (absolute)`, limit, text };
  }
  const { canary, control, ticks } = state;
  const comparison = sourceComparison(metric, state);
  const counts = `The query counted ${figure(canary.bad)} bad of ${figure(canary.exposure)} with the feature, ${figure(control.bad)} of ${figure(control.exposure)} without.`;
  const strength = `Evidence that it is above ${metric.margin}x: ${figure(Math.exp(Math.min(comparison.peakLnE, 700)))}; ${figure(Math.exp(lnLimit(metric.alpha)))} is enough.`;
  return {
    name,
    action,
    is,
    figure: ratioFigure(intervalOfSource(ticks)),
    limit,
    text: [explain(comparison, guilds).text, counts, strength].join(' '),
  };
}

function proves(metric: PrometheusMetric, state: SourceState): boolean {
  if (isCompared(metric)) return isProvenBySource(metric, state);
  return state.value !== null && state.value > metric.above && state.silence === null;
}
