/** What another system said about one metric, into the evidence: each span once, and silence as silence. Pure. */
import { afresh, newEvidence, takeIn } from '../../../health/judging/evidence.js';
import { type ArmCounts, isComparable } from '../../../health/judging/ticks.js';
import type { ArmsReading, Span, ValueReading } from '../../../health/sources/MetricSource.js';
import type { ComparedMetric, PrometheusMetric } from '../../../health/sources/planSchema.js';
import type { SourceState } from '../../documents.js';
import type { Plan } from '../../plans/Plan.js';
import { noTicks, sumOf, withTick } from './sourceTicks.js';

export interface Answer {
  readonly span: Span;
  /** When what is served last changed before the span. */
  readonly servedAt: number;
  readonly reading: ArmsReading | ValueReading;
}

export function isCompared(metric: PrometheusMetric): metric is ComparedMetric {
  return 'bad' in metric;
}

const none: ArmCounts = { bad: 0, exposure: 0 };

/** @param since real time, ms: nothing before it counts */
export function newSourceState(metric: PrometheusMetric, since: number): SourceState {
  const evidence = isCompared(metric) ? newEvidence(metric) : null;
  return { until: since, heardAt: null, silence: null, evidence, canary: none, control: none, value: null };
}

/** The same state where the answer brings nothing new. */
export function takeReading(state: SourceState, { span, servedAt, reading }: Answer): SourceState {
  if (reading.kind === 'no data')
    return state.silence === reading.why ? state : { ...state, silence: reading.why };
  // Another process asked, too, and was quicker.
  if (span.to <= state.until) return state;
  const heard = { until: span.to, heardAt: span.to, silence: null };
  if (reading.kind === 'value') return { ...state, ...heard, value: reading.value };
  const { evidence } = state;
  if (evidence === null || span.from < state.until) return state;
  const { tick } = reading;
  // Nothing happened in one of the arms: no harm, and no health either.
  if (!isComparable(tick)) return { ...state, until: span.to, silence: 'One of the arms had no traffic.' };
  const after = takeIn(evidence, { id: evidence.lastTick + 1, at: span.from, views: [tick] });
  const place = { from: span.from, servedAt, begins: after.begun > evidence.begun };
  return {
    ...state,
    ...heard,
    evidence: after,
    canary: sumOf(state.canary, tick.canary),
    control: sumOf(state.control, tick.control),
    ticks: withTick(state.ticks ?? noTicks, tick, place),
  };
}

/** What only pauses is forgiven by whoever resumes. */
export function forgiven(
  { prometheus }: Plan,
  sources: Readonly<Record<string, SourceState>>,
): Readonly<Record<string, SourceState>> {
  const pausing = new Set(
    prometheus?.metrics.filter(({ action }) => action === 'pause').map(({ name }) => name) ?? [],
  );
  return Object.fromEntries(
    Object.entries(sources).map(([name, state]) => {
      if (!pausing.has(name)) return [name, state];
      const evidence = state.evidence === null ? null : afresh(state.evidence);
      return [name, { ...state, evidence, canary: none, control: none, ticks: noTicks, value: null }];
    }),
  );
}
