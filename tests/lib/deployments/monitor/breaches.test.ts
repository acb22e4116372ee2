import { describe, expect, it } from 'vitest';
import type { Breach, MonitorReading, RiskTrigger } from '../../../../src/lib/deployments/documents.js';
import { breachesIn } from '../../../../src/lib/deployments/monitor/breaches.js';
import { glance } from '../../../../src/lib/deployments/monitor/Glance.js';
import { readingOf } from '../../../../src/lib/deployments/monitor/reading.js';
import { riskDefaults } from '../../../../src/lib/deployments/risk/RiskPolicy.js';

const settings = { inARow: 10 };
const minuteMs = 60_000;
const now = 1_000 * minuteMs;

function reading(verdict: MonitorReading['verdict'], inARow = 1): MonitorReading {
  return { check: 'error-rates', verdict, sentence: '', value: null, baseline: null, inARow };
}

/** Errors are bad at this look, and surely so. */
function found(
  known: readonly Pick<Breach, 'trigger' | 'level' | 'at'>[],
  before: MonitorReading['verdict'],
  trigger: RiskTrigger = 'errors',
) {
  const one = { ...glance('error-rates', trigger, { is: 'bad', sentence: 'Bad.' }), isCertain: true };
  const breaches = known.map((breach, at): Breach => ({
    ...{ n: at + 1, check: 'error-rates', flags: [], sentence: '', action: 'tell', outcome: null },
    ...breach,
  }));
  const looked = [
    { glance: one, before: reading(before), reading: readingOf(one, reading(before), settings) },
  ];
  return breachesIn(looked, breaches, riskDefaults, settings, { now, underWay: ['a'] }).map(
    ({ breach }) => breach,
  );
}

const errors = { trigger: 'errors', level: 'medium', at: now - minuteMs } as const;

describe('a breach', () => {
  it('that is the first is found, with what is to be done, and numbered after those before it', () => {
    expect(found([], 'healthy')).toEqual([
      {
        ...{ n: 1, check: 'error-rates', trigger: 'errors', level: 'medium', flags: ['a'], at: now },
        ...{ sentence: 'Bad.', action: 'pause', outcome: null },
      },
    ]);
    const long = { ...errors, at: now - 60 * minuteMs };
    expect(found([long, long], 'worse').map(({ n }) => n)).toEqual([3]);
  });

  it('that lasts is told once', () => {
    expect(found([{ ...errors, at: now - 60 * minuteMs }], 'breach')).toEqual([]);
  });

  it('that becomes graver while it lasts is told again, and not where it becomes milder', () => {
    expect(found([errors], 'breach', 'errors-proven')).toMatchObject([{ level: 'high' }]);
    const proven = { trigger: 'errors-proven', level: 'high', at: now - minuteMs } as const;
    expect(found([proven], 'breach', 'errors')).toEqual([]);
    // The gravest of all that came before counts, not the last.
    expect(found([proven, errors], 'breach', 'errors-proven')).toEqual([]);
  });

  it('that comes and goes is told every ten minutes at most', () => {
    expect(found([{ ...errors, at: now - 10 * minuteMs + 1 }], 'healthy')).toEqual([]);
    expect(found([{ ...errors, at: now - 10 * minuteMs }], 'healthy')).toHaveLength(1);
  });

  it('of another check does not hold it back', () => {
    const one = { ...glance('memory', 'memory', { is: 'bad', sentence: '' }), isCertain: true };
    const looked = [{ glance: one, before: undefined, reading: readingOf(one, undefined, settings) }];
    const known = found([], 'healthy');
    const next = breachesIn(looked, known, riskDefaults, settings, { now, underWay: [] });
    expect(next.map(({ breach: { n, action } }) => [n, action])).toEqual([[2, 'ask']]);
  });
});

describe('looks in a row', () => {
  const bad = glance('error-rates', 'errors', { is: 'bad', sentence: '' });
  const next = (before: MonitorReading | undefined, is: 'healthy' | 'bad' | 'unknown' = 'bad') => {
    const { verdict, inARow } = readingOf({ ...bad, is }, before, settings);
    return `${verdict} ${inARow}`;
  };

  it('that are bad make a breach with the tenth', () => {
    expect(next(undefined)).toBe('worse 1');
    expect(next(reading('worse', 8))).toBe('worse 9');
    expect(next(reading('worse', 9))).toBe('breach 10');
    expect(next(reading('breach', 10))).toBe('breach 11');
  });

  it('begin anew where one was well, or said nothing', () => {
    expect(next(reading('healthy', 30))).toBe('worse 1');
    expect(next(reading('unknown', 30))).toBe('worse 1');
    expect(next(reading('worse', 9), 'unknown')).toBe('unknown 1');
    expect(next(reading('breach', 12), 'healthy')).toBe('healthy 1');
    expect(next(reading('healthy', 12), 'healthy')).toBe('healthy 13');
  });

  it('a proof counts at once, and the count goes on where a mere one follows', () => {
    const proven = readingOf({ ...bad, isCertain: true }, reading('healthy', 3), settings);
    expect(proven).toMatchObject({ verdict: 'breach', inARow: 1 });
    expect(next(proven)).toBe('worse 2');
  });
});
