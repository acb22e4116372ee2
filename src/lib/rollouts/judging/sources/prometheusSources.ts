import type { MetricSource } from '../../../health/sources/MetricSource.js';
import type { PrometheusMetrics } from '../../../health/sources/planSchema.js';
import { PrometheusClient } from '../../../health/sources/PrometheusClient.js';
import { PrometheusSource } from '../../../health/sources/PrometheusSource.js';

/** Over HTTP, as a plan says. @param token sent as a bearer token to whichever address a plan names */
export function prometheusSources(token: string | undefined): (settings: PrometheusMetrics) => MetricSource {
  return ({ url, timeout_ms: timeoutMs }) =>
    new PrometheusSource(
      'Prometheus',
      new PrometheusClient({ url, timeoutMs, ...(token !== undefined && { token }) }),
    );
}
