import { expect, it } from 'vitest';
import type { Breach, MonitorReading } from '../../../../src/lib/deployments/documents.js';
import { endingOf } from '../../../../src/lib/deployments/monitor/ending.js';
import { deployment } from './ground.js';

const verdicts = (...all: MonitorReading['verdict'][]): MonitorReading[] =>
  all.map((verdict, at) => ({
    ...{ check: 'memory', verdict, sentence: `Sentence ${at}.`, value: null, baseline: null, inARow: 1 },
  }));

const breach: Breach = {
  ...{ n: 1, check: 'memory', trigger: 'memory', level: 'high', flags: [], at: 0, sentence: '' },
  ...{ action: 'tell', outcome: null },
};

function ending(readings: readonly MonitorReading[], breaches = 0) {
  const found = Array.from({ length: breaches }, () => breach);
  const monitor = { until: 0, nextAt: 0, looks: 120, readings, breaches: found, series: [] };
  const { tone, why } = endingOf({ ...deployment(), monitor }, 3_600_000);
  return `${tone}: ${why}`;
}

it('an hour in which all was well is good, and says how long it was', () => {
  expect(ending(verdicts('healthy', 'healthy'))).toBe('good: All 2 checks are healthy after 60 minutes.');
});

it('what was not measured is said with its reason, and the hour is not called good', () => {
  expect(ending(verdicts('healthy', 'unknown', 'unknown'))).toBe(
    'warn: No breach in 60 minutes; 1 of 3 checks are known. Sentence 1. Sentence 2.',
  );
});

it('what is worse at the end, and no breach yet, is said', () => {
  expect(ending(verdicts('healthy', 'worse'))).toBe(
    'warn: No breach in 60 minutes, and not all is well at its end. Sentence 1.',
  );
});

it('breaches that are over are a warning, and one that lasts is bad', () => {
  expect(ending(verdicts('healthy', 'healthy'), 1)).toBe(
    'warn: One breach was found in 60 minutes. None lasts.',
  );
  expect(ending(verdicts('breach', 'healthy'), 2)).toBe(
    'bad: 2 breaches were found in 60 minutes. It is not well now. Sentence 0.',
  );
});

it('a breach that nobody could act upon is bad, although it is only told', () => {
  expect(ending(verdicts('breach'), 1)).toMatch(/^bad: /);
});
