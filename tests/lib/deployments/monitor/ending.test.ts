/** How the monitored hour ends: what was found, what is not well, what is not known, and what a person should do then. */
import { expect, it } from 'vitest';
import { deploymentSucceeded } from '../../../../src/lib/alerts/wording/deployment.js';
import type { Breach, MonitorReading } from '../../../../src/lib/deployments/documents.js';
import { endingOf } from '../../../../src/lib/deployments/monitor/ending.js';
import { deployment } from './ground.js';

const checks = ['memory', 'error-rates', 'state-store'] as const;
const verdicts = (...all: MonitorReading['verdict'][]): MonitorReading[] =>
  all.map((verdict, at) => ({
    ...{ verdict, sentence: `Sentence ${at}.`, value: null, baseline: null, inARow: 1 },
    check: checks[at] ?? 'memory',
  }));

const breach: Breach = {
  ...{ n: 1, check: 'memory', trigger: 'memory', level: 'high', flags: [], at: 0, sentence: '' },
  ...{ action: 'tell', outcome: null },
};

function endOf(readings: readonly MonitorReading[], breaches = 0) {
  const found = Array.from({ length: breaches }, () => breach);
  const monitor = { until: 0, nextAt: 0, looks: 120, readings, breaches: found, series: [] };
  return endingOf({ ...deployment(), monitor }, 3_600_000);
}
function ending(...of: Parameters<typeof endOf>): string {
  const { tone, why } = endOf(...of);
  return `${tone}: ${why}`;
}
function notice(...of: Parameters<typeof endOf>) {
  const { tone, title, body, todo, fields, buttons = [] } = deploymentSucceeded(deployment(), endOf(...of));
  const open = fields?.filter(({ name }) => name.startsWith('Not ')) ?? [];
  return { tone, title, body, todo, open, buttons: buttons.map(({ label }) => label) };
}

it('an hour in which all was well is good, says how long it was, and leaves nothing to do', () => {
  expect(ending(verdicts('healthy', 'healthy'))).toBe(
    'good: Watched for 60 minutes: all 2 checks are healthy.',
  );
  expect(notice(verdicts('healthy', 'healthy'))).toMatchObject({
    ...{ tone: 'good', title: 'Deployment 1.4.0 is complete', todo: 'Nothing.', open: [], buttons: [] },
  });
});

it('what was not measured is named, its reasons are said once, and the hour is not called good', () => {
  const readings = verdicts('healthy', 'unknown', 'unknown');
  expect(ending(readings)).toBe(
    'warn: Watched for 60 minutes: no breach was found. Not known: Errors, State store.',
  );
  expect(notice(readings)).toMatchObject({
    title: 'Deployment 1.4.0 is complete, and not all is known',
    body: [expect.stringContaining('no breach was found') as string],
    todo: 'Try by hand what could not be measured.',
    open: [
      { name: 'Not known', value: expect.arrayContaining(['  Sentence 1.', '  Sentence 2.']) as unknown },
    ],
  });
});

it('what is worse at the end, and no breach yet, is said', () => {
  const readings = verdicts('healthy', 'worse');
  expect(ending(readings)).toBe(
    'warn: Watched for 60 minutes: no breach was found. Not well at its end: Errors.',
  );
  expect(notice(readings)).toMatchObject({
    title: 'Deployment 1.4.0 is complete, and not all is well',
    todo: 'Look yourself whether it gets worse: nobody watches it from here on.',
    buttons: [],
  });
});

it('breaches that are over are a warning, and one that lasts is bad, with the way back', () => {
  expect(ending(verdicts('healthy', 'healthy'), 2)).toBe(
    'warn: Watched for 60 minutes: there was trouble with Memory.',
  );
  expect(notice(verdicts('healthy'), 1)).toMatchObject({
    todo: 'It is over; find out what caused it before the next deployment.',
  });
  expect(ending(verdicts('breach', 'healthy'), 2)).toBe(
    'bad: Watched for 60 minutes: there was trouble with Memory. Not well at its end: Memory.',
  );
  expect(notice(verdicts('breach'), 1)).toMatchObject({
    ...{ tone: 'bad', buttons: ['Roll back everything'] },
    todo: expect.stringContaining('roll back where people are harmed') as string,
  });
});
