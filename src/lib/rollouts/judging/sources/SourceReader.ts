/** Asks other systems for what a plan wants to know. The judge never waits for them: an answer is taken in with the next look. */
import type { MetricSource, Span } from '../../../health/sources/MetricSource.js';
import type { PrometheusMetric, PrometheusMetrics } from '../../../health/sources/planSchema.js';
import type { EvidenceDocument, RolloutDocument, SourceState } from '../../documents.js';
import { isComparedStep } from '../../serving.js';
import { type Answer, isCompared, newSourceState, takeReading } from './takeReading.js';

const minuteMs = 60_000;
/** What is measured takes a while to arrive there. */
const settledMs = minuteMs;
/** Rates need some scrapes; longer spans would mix times of day. */
const comparedMs = { least: 5 * minuteMs, most: 15 * minuteMs };
const limitedMs = { every: minuteMs, window: 5 * minuteMs };

export class SourceReader {
  /** By rollout and metric. */
  private readonly asking = new Set<string>();
  private readonly answers = new Map<string, Answer>();

  public constructor(private readonly sourceOf: (settings: PrometheusMetrics) => MetricSource) {}

  /**
   * Takes in what came since the last look, and asks for what is due. What was taken in and could not be written is asked for
   * again: only the document counts.
   *
   * @param realNow ms since epoch
   */
  public take(document: RolloutDocument, evidence: EvidenceDocument, realNow: number): EvidenceDocument {
    const { prometheus } = document.plan;
    const servedAt = document.served?.realAt;
    if (prometheus === undefined || servedAt === undefined) return evidence;
    let { sources = {} } = evidence;
    for (const metric of prometheus.metrics) {
      const key = `${document.id}/${metric.name}`;
      const before = sources[metric.name] ?? newSourceState(metric, servedAt);
      const answer = this.answers.get(key);
      this.answers.delete(key);
      const state = answer === undefined ? before : takeReading(before, answer);
      if (state !== before) sources = { ...sources, [metric.name]: state };
      const span = dueSpan(document, metric, state, realNow);
      if (span !== null && !this.asking.has(key))
        void this.ask(key, document.flag, prometheus, metric, { span, servedAt });
    }
    return sources === evidence.sources || Object.keys(sources).length === 0
      ? evidence
      : { ...evidence, sources };
  }

  private async ask(
    key: string,
    flag: string,
    settings: PrometheusMetrics,
    metric: PrometheusMetric,
    asked: Pick<Answer, 'span' | 'servedAt'>,
  ): Promise<void> {
    const { span } = asked;
    this.asking.add(key);
    try {
      const source = this.sourceOf(settings);
      const reading = isCompared(metric)
        ? await source.readArms(metric, flag, span)
        : await source.readValue(metric.value, flag, span);
      this.answers.set(key, { ...asked, reading });
    } catch (error) {
      const why = `It could not be asked: ${error instanceof Error ? error.message : String(error)}.`;
      this.answers.set(key, { ...asked, reading: { kind: 'no data', why } });
    } finally {
      this.asking.delete(key);
    }
  }
}

/** The span to ask about now; null where there is none. No comparison reaches over a change of what is served. */
export function dueSpan(
  document: RolloutDocument,
  metric: PrometheusMetric,
  { until }: Pick<SourceState, 'until'>,
  realNow: number,
): Span | null {
  const servedAt = document.served?.realAt ?? realNow;
  const to = realNow - settledMs;
  const since = Math.max(until, servedAt);
  if (!isCompared(metric)) return to - since >= limitedMs.every ? { from: to - limitedMs.window, to } : null;
  // Guilds that were picked by hand are not compared with anybody.
  if (!isComparedStep(document, document.step)) return null;
  const from = Math.max(since, to - comparedMs.most);
  return to - from >= comparedMs.least ? { from, to } : null;
}
