import { expect, it } from 'vitest';
import { engineeringCard, scorecardCard } from '../../../../src/lib/discord/scorecard/scorecardCard.js';
import type { Figure } from '../../../../src/lib/scorecard/Figure.js';
import type { ScorecardReport } from '../../../../src/lib/scorecard/ScorecardRoom.js';

const figure = (fields: Partial<Figure> = {}): Figure => ({
  ...{ name: 'uptime', title: 'Uptime', target: 'above 99.9 %', value: 0.9998, interval: [0.9996, 1] },
  ...{
    shown: '99.980 % (99.960 % … 100.000 %)',
    trend: 'better',
    verdict: 'met',
    basis: 'No gap in 30 days.',
  },
  ...fields,
});

const none = { points: [], usual: null };

const report = (figures: readonly Figure[]): ScorecardReport => ({
  at: 0,
  figures,
  engineering: figures,
  baseline: null,
  gaps: [],
  daily: { errors: none, responseTimes: none, memory: none, store: none },
});

const texts = (message: ReturnType<typeof scorecardCard>): readonly string[] =>
  [...JSON.stringify(message.components).matchAll(/"content":("(?:[^"\\]|\\.)*")/g)].map(
    ([, text]) => JSON.parse(text ?? '""') as string,
  );

it('every figure has its target, its interval, its trend and a sign that needs no colour', () => {
  const shown = texts(scorecardCard(report([figure()]), undefined)).join('\n');
  expect(shown).toContain('✅ **Uptime** 99.980 % (99.960 % … 100.000 %) · target above 99.9 % ↗ better');
  expect(shown).toContain('1 of 1 targets met');
});

it('unknown is shown as unknown, and is not met', () => {
  const unknown = figure({ value: null, shown: 'unknown', verdict: 'unknown', trend: null });
  const shown = texts(engineeringCard(report([figure(), unknown]))).join('\n');
  expect(shown).toContain('⚪ **Uptime** unknown');
  expect(shown).toContain('1 of 2 targets met, 1 unknown');
});

it('it stays within what Discord takes, however much there is to say', () => {
  const long = figure({ basis: 'a long story '.repeat(60) });
  const all = texts(scorecardCard(report(Array.from({ length: 9 }, () => long)), undefined));
  expect(all.join('').length).toBeLessThanOrEqual(4_000);
  expect(all.join('').split('**Uptime**')).toHaveLength(10);
});
