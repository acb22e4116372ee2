import { expect, test } from 'vitest';
import { builtInPlan } from '../../../../src/lib/rollouts/plans/builtIn.js';
import { adviceFor, type Advised } from '../../../../src/lib/rollouts/simulate/advice.js';

const plan = builtInPlan();
const harmless = {
  runs: 100,
  rolledBack: 0,
  paused: 0.02,
  byGuard: { 'errors@1': 0.02 },
  couldHaveMissed: 1.4,
};
const phase: Advised['phases'][number] = {
  name: 'beta_guilds',
  servedBasisPoints: 500,
  durationMs: 72 * 3_600_000,
  isCompared: true,
  activeGuilds: 12,
  held: 0,
  finds: 1.8,
  exposure: { errorsPerHour: 10, share: 0.05, hours: 72, hoursBefore: 24 },
};
const fine: Advised = {
  plan,
  guards: plan.guards,
  basis: { from: 'recorded', days: 8, guilds: 200, runsPerDay: 1_000 },
  harmless,
  phases: [phase],
};

test('a plan that sees enough gets no advice', () => {
  expect(adviceFor(fine)).toEqual([]);
});

test('a first phase that sees too little is told how long or how large it would have to be', () => {
  const weak = { ...phase, finds: 4.2, exposure: { ...phase.exposure, errorsPerHour: 2 } };
  expect(adviceFor({ ...fine, phases: [weak] })).toEqual([
    'beta_guilds (5 %, 3 days) by itself finds a rise of errors only from 4.2x on. For 2x it would have to last 12 days, or serve 25 % of guilds.',
  ]);
});

test('where no phase could see it, that is said', () => {
  const blind = { ...phase, finds: null, exposure: { ...phase.exposure, errorsPerHour: 0.01 } };
  const [advice] = adviceFor({ ...fine, phases: [blind] });
  expect(advice).toContain('finds no rise of errors below 20x');
  expect(advice).toContain('too little traffic');
});

test('a later phase that sees little is no concern where an earlier one sees enough', () => {
  expect(adviceFor({ ...fine, phases: [phase, { ...phase, finds: 6 }] })).toEqual([]);
});

test('phases that are held, an end that asks, and guards that cry wolf are each named', () => {
  const advice = adviceFor({
    ...fine,
    phases: [{ ...phase, held: 0.4 }],
    harmless: { ...harmless, byGuard: { 'errors@1': 0.2 }, couldHaveMissed: 2.5 },
  });
  expect(advice.map((each) => each.split(' ').slice(0, 3).join(' '))).toEqual([
    'beta_guilds has about',
    'The last phase',
    'errors at 1x',
  ]);
});
