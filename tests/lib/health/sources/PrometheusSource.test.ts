import { expect, test } from 'vitest';
import { PrometheusSource } from '../../../../src/lib/health/sources/PrometheusSource.js';
import type { Sample } from '../../../../src/lib/health/sources/PrometheusClient.js';

const span = { from: 1_000_000, to: 1_900_000 };
const query = { bad: 'errors{arm="$arm"}[$window]', exposure: 'requests{arm="$arm", flag="$flag"}' };

/** Answers each query with what is given for it. */
function sourceOf(answers: Readonly<Record<string, Sample>>) {
  const asked: { query: string; at: number }[] = [];
  const ask = async (query: string, at: number): Promise<Sample> => {
    asked.push({ query, at });
    return answers[query] ?? { why: `unexpected ${query}` };
  };
  return { asked, source: new PrometheusSource('prometheus', { ask }) };
}

const healthy: Readonly<Record<string, Sample>> = {
  'errors{arm="canary"}[900s]': { value: 3 },
  'requests{arm="canary", flag="greeting"}': { value: 100 },
  'errors{arm="control"}[900s]': { value: 9 },
  'requests{arm="control", flag="greeting"}': { value: 900 },
};

test('both arms are asked for the same span, and answer a tick', async () => {
  const { source, asked } = sourceOf(healthy);
  expect(await source.readArms(query, 'greeting', span)).toEqual({
    kind: 'arms',
    tick: { canary: { bad: 3, exposure: 100 }, control: { bad: 9, exposure: 900 } },
  });
  expect(new Set(asked.map(({ at }) => at))).toEqual(new Set([span.to]));
});

test.each(Object.keys(healthy))('nothing said to %s makes the whole reading no data', async (silent) => {
  const { source } = sourceOf({ ...healthy, [silent]: { why: 'it answered NaN' } });
  expect(await source.readArms(query, 'greeting', span)).toEqual({
    kind: 'no data',
    why: expect.stringMatching(
      /^prometheus says nothing about the (canary|control)'s .*: it answered NaN\.$/,
    ) as string,
  });
});

test.each([
  ['more bad than there were', 101],
  ['fewer than none', -1],
])('%s is no data', async (_, value) => {
  const { source } = sourceOf({ ...healthy, 'errors{arm="canary"}[900s]': { value } });
  expect(await source.readArms(query, 'greeting', span)).toMatchObject({ kind: 'no data' });
});

test('rounding of counters that rose alike does not count as impossible', async () => {
  const { source } = sourceOf({ ...healthy, 'errors{arm="canary"}[900s]': { value: 100.00000001 } });
  const reading = await source.readArms(query, 'greeting', span);
  expect(reading).toMatchObject({ tick: { canary: { bad: 100, exposure: 100 } } });
});

test('a number that needs no comparison is read alone', async () => {
  const { source } = sourceOf({ 'max(queue{flag="greeting"})': { value: 7 }, 'max(away)': { why: 'gone' } });
  expect(await source.readValue('max(queue{flag="$flag"})', 'greeting', span)).toEqual({
    kind: 'value',
    value: 7,
  });
  expect(await source.readValue('max(away)', 'greeting', span)).toEqual({
    kind: 'no data',
    why: 'prometheus says nothing: gone.',
  });
});
