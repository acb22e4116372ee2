import { expect, test } from 'vitest';
import { builtInPlan } from '../../../../src/lib/rollouts/plans/builtIn.js';
import { simulatePlan } from '../../../../src/lib/rollouts/simulate/simulatePlan.js';
import { now, recordsOf, type Recorded } from './recorded.js';

const plan = builtInPlan();
const simulate = (recorded: Recorded, seed = 1, guilds = 60) =>
  simulatePlan({ plan, records: recordsOf(recorded), now, guilds, seed, tries: 16 });

test('it is tried on the bot’s own records where there are four days of them', async () => {
  const { basis, harmless, harms, phases, untried, sentences } = await simulate({ guilds: 60, days: 4 });
  expect(basis).toEqual({ from: 'recorded', days: 4, guilds: 60, runsPerDay: 60 * 5 * 96 });
  expect(harmless.rolledBack + harmless.paused).toBeLessThan(0.2);
  expect(phases.map(({ servedBasisPoints }) => servedBasisPoints)).toEqual([
    0, 500, 1000, 2500, 5000, 7500, 9500,
  ]);
  expect(phases[0]).toMatchObject({ isCompared: false, finds: null });
  expect(untried).toEqual([
    { guard: 'satisfaction@1.1', action: 'pause', why: 'ratings are not recorded before a rollout' },
  ]);
  expect(sentences[0]).toContain(
    "this bot's own traffic of the last 4 days: 60 guilds and 28,800 commands a day",
  );

  const errors = harms.filter(({ metric }) => metric === 'errors');
  expect(errors.map(({ factor }) => factor)).toEqual([1.2, 2, 5]);
  expect(errors[2]?.found).toBe(1);
  expect(errors[2]?.hours?.median).toBeLessThan(errors[1]?.hours?.median ?? Infinity);
  const [, beta] = errors[2]?.phases ?? [];
  expect(beta?.foundHere).toBeGreaterThan(0.5);
  expect(beta?.guildsHarmed).toBeGreaterThan(0);
});

test('with fewer days it says so, and takes traffic that is invented for as many guilds', async () => {
  const { basis, sentences, advice } = await simulate({ guilds: 60, days: 3 });
  expect(basis).toMatchObject({ from: 'model', guilds: 60 });
  expect(sentences[0]).toContain('invented traffic');
  expect(sentences[0]).toContain('3 of the last 8 days are recorded, and 4 are needed');
  expect(advice.at(-1)).toContain('Simulate again');
});

test('the same seed, plan and records give the same answer, another seed another', async () => {
  const [first, again, other] = [
    await simulate({ guilds: 20, days: 4 }),
    await simulate({ guilds: 20, days: 4 }),
    await simulate({ guilds: 20, days: 4 }, 2),
  ];
  expect(again).toEqual(first);
  expect({ ...other, seed: 1 }).not.toEqual(first);
});

test('a bot of one quiet guild gets an answer, too: that nothing can be found', async () => {
  const { harmless, harms, phases } = await simulate({ guilds: 1, days: 5, activity: 0.2 });
  expect(harmless.couldHaveMissed).toBeNull();
  expect(harms.find(({ metric, factor }) => metric === 'errors' && factor === 2)?.hours).toBeNull();
  expect(phases.every(({ finds }) => finds === null)).toBe(true);
});

test('other work gets its turn while it runs', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await simulate({ guilds: 60, days: 4 });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(5);
});

test('a store that is away is told, never taken for a bot without traffic', async () => {
  const baseUnits = () => Promise.reject(new Error('away'));
  await expect(simulatePlan({ plan, records: { baseUnits }, now, guilds: 5, tries: 1 })).rejects.toThrow(
    'away',
  );
});
