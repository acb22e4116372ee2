import type { ArmCounts } from '../judging/ticks.js';
import type { Arm } from '../judging/units.js';
import { fillIn } from './fillIn.js';
import type { ArmsQuery, ArmsReading, MetricSource, NoData, Span, ValueReading } from './MetricSource.js';
import type { PrometheusClient, Sample } from './PrometheusClient.js';

/** `increase()` extrapolates: two counters that rose alike may differ by rounding. */
const rounding = 1e-6;

/**
 * Metrics in Prometheus. Queries are PromQL in which `$arm` (canary or control), `$flag` and `$window` (the span's length, as
 * in `[$window]`) are filled in; each must answer one number. A counter that was never raised does not exist, which is no data:
 * `or vector(0)` says that it means 0 there.
 *
 * @example
 * source.readArms(
 *   {
 *     bad: 'sum(increase(api_errors_total{flag="$flag", arm="$arm"}[$window])) or vector(0)',
 *     exposure: 'sum(increase(api_requests_total{flag="$flag", arm="$arm"}[$window]))',
 *   },
 *   'new_greeting',
 *   { from, to },
 * );
 */
export class PrometheusSource implements MetricSource {
  public constructor(
    public readonly name: string,
    private readonly client: Pick<PrometheusClient, 'ask'>,
  ) {}

  public async readArms(query: ArmsQuery, flag: string, span: Span): Promise<ArmsReading> {
    const [canary, control] = await Promise.all([
      this.readArm(query, flag, span, 'canary'),
      this.readArm(query, flag, span, 'control'),
    ]);
    if ('why' in canary) return canary;
    if ('why' in control) return control;
    return { kind: 'arms', tick: { canary, control } };
  }

  public async readValue(query: string, flag: string, span: Span): Promise<ValueReading> {
    const read = await this.client.ask(fillIn(query, { flag, span }), span.to);
    return 'why' in read ? this.noData('', read.why) : { kind: 'value', value: read.value };
  }

  private async readArm(
    { bad, exposure }: ArmsQuery,
    flag: string,
    span: Span,
    arm: Arm,
  ): Promise<ArmCounts | NoData> {
    const ask = (query: string): Promise<Sample> =>
      this.client.ask(fillIn(query, { flag, span, arm }), span.to);
    const [hits, units] = await Promise.all([ask(bad), ask(exposure)]);
    if ('why' in hits) return this.noData(` about the ${arm}'s bad outcomes`, hits.why);
    if ('why' in units) return this.noData(` about the ${arm}'s exposure`, units.why);
    const isPossible =
      hits.value >= 0 && hits.value <= units.value * (1 + rounding) && units.value <= Number.MAX_SAFE_INTEGER;
    if (!isPossible)
      return this.noData(` about the ${arm}`, `${hits.value} bad of ${units.value} in all cannot be`);
    return { bad: Math.min(hits.value, units.value), exposure: units.value };
  }

  private noData(about: string, why: string): NoData {
    return { kind: 'no data', why: `${this.name} says nothing${about}: ${why}.` };
  }
}
