/** Targets, verdicts and trends at their limits; the targets are the seed's numbers, written down once more. */
import { describe, expect, it } from 'vitest';
import { engineeringFigures } from '../../../src/lib/scorecard/engineering/engineeringFigures.js';
import { measures } from '../../../src/lib/scorecard/engineering/measures.js';
import { seriesSchema, withPush } from '../../../src/lib/scorecard/engineering/series.js';
import { figure, type Measured, type Target } from '../../../src/lib/scorecard/Figure.js';
import { targets } from '../../../src/lib/scorecard/targets.js';

it('the targets of the bot are the seed’s', () => {
  const written = Object.values(targets).map(({ name, good, limit, target }) => [name, good, limit, target]);
  expect(written).toEqual([
    ['uptime', 'above', 0.999, 'above 99.9 %'],
    ['response-time', 'below', 0.1, 'below +10 %'],
    ['errors', 'below', 0.01, 'below +1 %'],
    ['memory', 'below', 0.2, 'below +20 %'],
    ['store-latency', 'below', 0.05, 'below +5 %'],
    ['command-success', 'above', 0.995, 'above 99.5 %'],
    ['satisfaction', 'above', 4.5, 'above 4.5 of 5'],
    ['support-tickets', 'below', 0.1, 'below +10 %'],
    ['adoption', 'above', 0.8, 'above 80 %'],
  ]);
});

it('the targets of its engineering are the seed’s', () => {
  expect(Object.entries(measures).map(([name, { target, unit }]) => [name, target, unit])).toEqual([
    ['test-coverage', { is: 'at-least', limit: 80 }, '%'],
    ['code-duplication', { is: 'less', by: 0.6 }, '%'],
    ['cyclomatic-complexity', { is: 'less', by: 0.3 }, ''],
    ['technical-debt', { is: 'less', by: 0.5 }, 'h'],
    ['feature-lead-time', { is: 'less', by: 0.4 }, 'h'],
    ['bug-resolution-time', { is: 'less', by: 0.5 }, 'h'],
    ['onboarding-time', { is: 'at-most', limit: 3 }, 'd'],
    ['code-review-time', { is: 'less', by: 0.3 }, 'h'],
  ]);
});

describe('a figure', () => {
  const target = (good: Target['good']): Target => ({
    ...{ name: 'n', title: 't', target: 'x', limit: 10, good, show: (value) => value.toFixed(1) },
  });
  const verdict = (good: Target['good'], interval: Measured['interval'], value = 10) =>
    figure(target(good), { value, interval: interval ?? null, basis: '' }).verdict;

  it('is met or missed where its whole interval lies on one side, and open where it does not', () => {
    expect(verdict('above', [10.1, 12])).toBe('met');
    expect(verdict('above', [10, 12])).toBe('open');
    expect(verdict('above', [8, 10.1])).toBe('open');
    expect(verdict('above', [8, 10])).toBe('missed');
    expect(verdict('below', [8, 9.9])).toBe('met');
    expect(verdict('below', [8, 10])).toBe('open');
    expect(verdict('below', [9.9, 12])).toBe('open');
    expect(verdict('below', [10, 12])).toBe('missed');
  });

  it('without an interval is open, however good it looks', () => {
    expect([verdict('above', null, 99), verdict('below', null, -99)]).toEqual(['open', 'open']);
  });

  it('that nobody measured is unknown, whatever else is said of it', () => {
    expect(figure(target('above'), { value: null, interval: [11, 12], before: 3, basis: 'b' })).toMatchObject(
      {
        ...{ value: null, interval: null, shown: 'unknown', trend: null, verdict: 'unknown', basis: 'b' },
      },
    );
  });

  it('shows its interval, where it has some width', () => {
    const shown = (interval: Measured['interval']) =>
      figure(target('above'), { value: 10, interval: interval ?? null, basis: '' }).shown;
    expect([shown([9, 11]), shown([10, 10]), shown(null)]).toEqual(['10.0 (9.0 … 11.0)', '10.0', '10.0']);
  });

  it('is better or worse by what is good, and the same within a hundredth of the target', () => {
    const trend = (good: Target['good'], before: number | null) =>
      figure(target(good), { value: 10, before, basis: '' }).trend;
    expect([trend('above', 9), trend('above', 11), trend('below', 9), trend('below', 11)]).toEqual([
      ...['better', 'worse', 'worse', 'better'],
    ]);
    expect([trend('above', 9.91), trend('above', 10.09), trend('above', null)]).toEqual([
      'same',
      'same',
      null,
    ]);
    expect(trend('above', 9.875)).toBe('better');
  });
});

describe('what CI pushes', () => {
  const push = (
    known: Parameters<typeof withPush>[0],
    value: number,
    at: number,
    version: string | null = null,
  ) => withPush(known, { metrics: { 'technical-debt': value }, baseline: {}, version, at });
  const of = (series: Parameters<typeof engineeringFigures>[0], name: string) =>
    engineeringFigures(series).find((one) => one.name === name);

  it('is compared with the first that was pushed, and keeps the newest sixty', () => {
    let series: ReturnType<typeof push> = {};
    for (let at = 0; at < 70; at++) series = push(series, 100 - at, at);
    expect(series['technical-debt']?.baseline).toEqual({ value: 100, at: 0 });
    expect(series['technical-debt']?.points.map(({ at }) => at)).toEqual(
      Array.from({ length: 60 }, (_, at) => at + 10),
    );
    expect(seriesSchema.parse(series['technical-debt'])).toEqual(series['technical-debt']);
  });

  it('that just reaches its target reaches it', () => {
    const series = push(push({}, 10, 0), 5, 1, '1.4.0');
    expect(of(series, 'technical-debt')).toMatchObject({
      ...{ verdict: 'met', value: -0.5, trend: 'better', target: '-50 % of the baseline' },
      basis: '5 h with 1.4.0; baseline 10 h.',
    });
    expect(of(push(series, 5.1, 2), 'technical-debt')).toMatchObject({ verdict: 'missed', trend: 'worse' });
    const pushed = (name: string, value: number) =>
      of(withPush({}, { metrics: { [name]: value }, baseline: {}, version: null, at: 0 }), name)?.verdict;
    expect([pushed('test-coverage', 80), pushed('test-coverage', 79.9)]).toEqual(['met', 'missed']);
    expect([pushed('onboarding-time', 3), pushed('onboarding-time', 3.1)]).toEqual(['met', 'missed']);
  });

  it('against a baseline of nothing is unknown: of nothing, nothing can go', () => {
    const series = withPush(
      {},
      {
        ...{ metrics: { 'technical-debt': 4 }, baseline: { 'technical-debt': 0 }, version: null, at: 0 },
      },
    );
    expect(of(series, 'technical-debt')).toMatchObject({ verdict: 'unknown', value: null });
  });

  it('a baseline without a value is unknown, too', () => {
    const series = withPush({}, { metrics: {}, baseline: { 'technical-debt': 9 }, version: null, at: 0 });
    expect(of(series, 'technical-debt')).toMatchObject({
      ...{ verdict: 'unknown', basis: 'Nothing was pushed yet.' },
    });
  });
});
