import { expect, test } from 'vitest';
import { prometheusMetrics } from '../../../../src/lib/health/sources/planSchema.js';

const url = 'http://prometheus:9090';
const compared = { name: 'api', bad: 'e{arm="$arm"}', exposure: 'r{arm="$arm"}' };

test('what a plan leaves out has a cautious default: it pauses', () => {
  const read = prometheusMetrics.parse({ url, metrics: [compared, { name: 'queue', value: 'q', above: 5 }] });
  expect(read.metrics).toEqual([
    { ...compared, margin: 1.2, alpha: 0.002, action: 'pause' },
    { name: 'queue', value: 'q', above: 5, action: 'pause' },
  ]);
  expect(read.timeout_ms).toBe(5_000);
});

test.each([
  ['no address', { url: 'prometheus', metrics: [compared] }],
  ['an address of a file', { url: 'file:///etc/passwd', metrics: [compared] }],
  ['a comparison that does not say which arm', { url, metrics: [{ ...compared, bad: 'e' }] }],
  ['no metric', { url, metrics: [] }],
  ['a setting that does not exist', { url, metrics: [{ ...compared, margn: 2 }] }],
])('%s is refused', (_, value) => {
  expect(prometheusMetrics.safeParse(value).success).toBe(false);
});
