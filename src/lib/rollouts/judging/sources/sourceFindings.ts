/** What the metrics of other systems mean for the decision. */
import { lnLimit } from '../../../health/judging/eProcess.js';
import { explain } from '../../../health/judging/explanation.js';
import type { HardLimit } from '../../../health/judging/hardLimits/HardLimit.js';
import type { Comparison } from '../../../health/judging/verdict.js';
import type { ComparedMetric, PrometheusMetric } from '../../../health/sources/planSchema.js';
import type { EvidenceDocument, RolloutDocument, SourceState } from '../../documents.js';
import { measuredGuilds } from '../../moment.js';
import { isComparedStep } from '../../serving.js';
import { sentence } from '../../showing/sentences.js';
import { span } from '../../../core/span.js';
import { intervalOfSource } from './sourceTicks.js';
import { isCompared } from './takeReading.js';

/** A number that is older says nothing about now. Real time, ms. */
const freshMs = 15 * 60_000;
/** Who said nothing for so long is not known to be well. */
const silentMs = 3_600_000;

type Judged = Pick<RolloutDocument, 'plan' | 'progress'>;
type Sources = Pick<EvidenceDocument, 'sources'>;

/** Comparisons, whatever they lead to. */
export function sourceComparison(metric: ComparedMetric, state: SourceState): Comparison {
  const { name, margin, alpha, action } = metric;
  const peakLnE = state.evidence?.peakLnE ?? 0;
  const leadsTo = action === 'rollback' ? 'ROLLBACK' : 'PAUSE';
  return { metric: name, margin, alpha, leadsTo, peakLnE, interval: intervalOfSource(state.ticks) };
}

export function isProvenBySource(metric: ComparedMetric, state: SourceState): boolean {
  return state.evidence !== null && state.evidence.peakLnE >= lnLimit(metric.alpha);
}

/** What rolls back or pauses. */
export function sourceComparisons({ plan }: Judged, { sources }: Sources): readonly Comparison[] {
  return (plan.prometheus?.metrics ?? []).flatMap((metric) => {
    const state = sources?.[metric.name];
    return state === undefined || !isCompared(metric) || metric.action === 'notify'
      ? []
      : [sourceComparison(metric, state)];
  });
}

export function sourceLimits({ plan }: Judged, evidence: Sources, realNow: number): readonly HardLimit[] {
  return (plan.prometheus?.metrics ?? []).flatMap((metric) =>
    metric.action === 'notify' ? [] : (limitPassed(metric, evidence, realNow) ?? []),
  );
}

/** Metrics that only tell, each with what it tells. */
export function sourceTells(
  { plan, progress }: Judged,
  evidence: Sources,
  realNow: number,
): readonly { readonly guard: string; readonly text: string }[] {
  return (plan.prometheus?.metrics ?? []).flatMap((metric) => {
    const state = evidence.sources?.[metric.name];
    if (metric.action !== 'notify' || state === undefined) return [];
    if (!isCompared(metric)) {
      const limit = limitPassed(metric, evidence, realNow);
      return limit === null
        ? []
        : [{ guard: metric.name, text: sentence({ code: 'HARD_LIMIT', limit }, measuredGuilds(progress)) }];
    }
    const { text } = explain(sourceComparison(metric, state), measuredGuilds(progress));
    return isProvenBySource(metric, state) ? [{ guard: metric.name, text }] : [];
  });
}

/** A step is not left while a source that may stop it says nothing; to be read after "The plan wants more:". Null: all speak. */
export function silentSource(
  document: RolloutDocument,
  { sources }: Sources,
  realNow: number,
): string | null {
  const { plan, step, served } = document;
  for (const metric of plan.prometheus?.metrics ?? []) {
    if (metric.action === 'notify' || (isCompared(metric) && !isComparedStep(document, step))) continue;
    const { heardAt = null, silence = null } = sources?.[metric.name] ?? {};
    const why = silence === null ? '' : ` (${silence.replace(/\.$/, '')})`;
    if (heardAt === null || heardAt < (served?.realAt ?? 0))
      return `Prometheus has said nothing about ${metric.name} in this step${why}`;
    if (realNow - heardAt > silentMs)
      return `Prometheus has said nothing about ${metric.name} for ${span(realNow - heardAt)}${why}`;
  }
  return null;
}

function limitPassed(metric: PrometheusMetric, { sources }: Sources, realNow: number): HardLimit | null {
  const { value = null, heardAt = null } = sources?.[metric.name] ?? {};
  if (isCompared(metric) || value === null || heardAt === null) return null;
  if (value <= metric.above || realNow - heardAt > freshMs) return null;
  const rollsBack = metric.action === 'rollback';
  return {
    limit: 'source',
    leadsTo: rollsBack ? 'ROLLBACK' : 'PAUSE',
    pages: rollsBack,
    facts: { metric: metric.name, value, above: metric.above },
  };
}
