/** The part of a plan file that names metrics of other systems. */
import { z } from 'zod';

const url = z
  .url({ protocol: /^https?$/, error: 'expected an address, for example http://prometheus:9090' })
  .describe('Address of Prometheus or of what speaks its HTTP API.');
const promQl = z
  .string()
  .min(1, 'expected a PromQL query')
  .max(2_000)
  .describe('PromQL that answers one number; $arm, $flag and $window are filled in.');
const perArm = promQl.refine(
  (query) => /\$arm\b/.test(query),
  'expected $arm in the query, since it is asked once for each arm; for example {arm="$arm"}',
);
const action = z.enum(['rollback', 'pause', 'notify']);
const name = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/i, 'expected 1 to 64 letters, digits, _ or -');

/** Counts of both arms, compared as the built-in metrics are. */
const compared = z.strictObject({
  name,
  bad: perArm.describe('Number of bad outcomes of one arm within $window.'),
  exposure: perArm.describe('Number of all outcomes of one arm within $window.'),
  margin: z.number().min(1).max(10).default(1.2),
  alpha: z.number().gt(0).lt(0.5).default(0.002),
  action: action.default('pause'),
});

/** One number that may not be above a limit, whatever the other arm does. */
const limited = z.strictObject({
  name,
  value: promQl,
  above: z.number().describe('Above this it acts.'),
  action: action.default('pause'),
});

/** `prometheus:` of a plan. */
export const prometheusMetrics = z.strictObject({
  url,
  timeout_ms: z.int().min(100).max(30_000).default(5_000),
  metrics: z
    .array(z.union([compared, limited]))
    .min(1, 'expected at least one metric')
    .max(20),
});

/** One of them. */
export type PrometheusMetric = z.output<typeof compared> | z.output<typeof limited>;
export type ComparedMetric = z.output<typeof compared>;

export type PrometheusMetrics = z.output<typeof prometheusMetrics>;
