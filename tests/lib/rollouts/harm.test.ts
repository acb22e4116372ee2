import { describe, expect, it } from 'vitest';
import { grace } from '../flags/room.js';
import { shortPlan, World } from './World.js';

/** Brings a rollout into a step by hand, as an admin in a hurry would. */
async function inStep(step: number): Promise<World> {
  const world = await World.open();
  await world.start();
  await world.until(({ state }) => state === 'running', 3);
  for (let at = 0; at < step; at++) {
    await world.unit();
    await world.advance();
  }
  await world.units(4);
  expect(await world.status()).toMatchObject({ step, state: 'running' });
  return world;
}

describe.each([1, 2, 3, 4, 5, 6])('harm that begins in compared step %i', (step) => {
  it('rolls back: off everywhere, told to everybody who has to know, the flag as before under its kill switch', async () => {
    const world = await inStep(step);
    const had = world.on().length;
    expect(had).toBeGreaterThan(0);
    world.conduct.harm = 8;
    const rolledBack = await world.until(({ ended }) => ended !== null, 96);
    expect(rolledBack.state).toBe('rolled-back');
    expect(rolledBack.verdict?.action).toBe('ROLLBACK');
    expect(world.on()).toEqual([]);
    const flag = world.flags.flag('greeting');
    expect(flag).toMatchObject({ basisPoints: 0, rollout: null, killed: { by: 'system:judge' } });
    const told = (await world.notices()).filter(({ card }) => card.title.startsWith('ROLLBACK INITIATED: '));
    expect(told.map(({ to, pingOnCall }) => [to, pingOnCall ?? false])).toEqual([
      ['operations', true],
      ['dev-team', false],
      ['management', false],
    ]);
  });
});

it('chosen guilds alone that crash roll back, though there is nothing to compare with', async () => {
  const world = await inStep(0);
  world.conduct.harm = 90;
  const rolledBack = await world.until(({ ended }) => ended !== null, 8);
  expect(rolledBack.verdict?.reasons).toMatchObject([
    { code: 'HARD_LIMIT', limit: { limit: 'crash-storm' } },
  ]);
});

it('a feature that is much slower rolls back where the plan names slowness as a trigger', async () => {
  const world = await inStep(4);
  world.conduct.slower = 3;
  const rolledBack = await world.until(({ ended }) => ended !== null, 96);
  expect(rolledBack.verdict?.reasons).toMatchObject([
    { code: 'EVIDENCE', comparison: { metric: 'latency' } },
  ]);
});

it('says with numbers why it rolled back, and which guilds weigh most', async () => {
  const world = await inStep(4);
  world.conduct.harm = 8;
  await world.until(({ ended }) => ended !== null, 96);
  const explained = await world.rollouts.explain('greeting');
  const [errors] = explained.guards;
  expect(explained.sentences.join(' ')).toMatch(
    /evidence this strong would appear in fewer than 1 of \d+ rollouts|% of the commands with the feature failed/,
  );
  expect(errors?.lnE).toBeGreaterThanOrEqual(errors?.lnLimit ?? Infinity);
  expect(explained.guilds[0]?.failures).toBeGreaterThan(0);
  expect(explained.guilds[0]?.arm).toBe('canary');
  expect(explained.chart.points.length).toBeGreaterThan(0);
});

describe('harm that begins while nothing goes on', () => {
  const always = { ...shortPlan, approvals: { required: 'always', members: 0, share: 0 } } as const;

  /** Nothing else happens to it on the way. */
  async function rollsBackAsItStands(world: World): Promise<void> {
    world.conduct.harm = 60;
    const { newsCount } = await world.document();
    const { state, news } = await world.until(({ ended }) => ended !== null, 40);
    expect(state).toBe('rolled-back');
    expect(world.on()).toEqual([]);
    const since = news.filter(({ n }) => n > newsCount).map(({ text }) => text.split('.')[0]);
    expect(since).toEqual(['Rolled back']);
  }

  it('rolls back while a second person is waited for', async () => {
    const world = await World.open({ plan: always, hasApprovers: true });
    await world.start(undefined);
    await world.units(2);
    await world.rollouts.approve('greeting', { by: grace });
    await world.until(({ state, served }) => state === 'waiting' && served !== null, 60);
    expect(world.on().length).toBeGreaterThan(0);
    await rollsBackAsItStands(world);
  });

  it('rolls back while a person has paused it', async () => {
    const world = await World.open({ plan: shortPlan });
    await world.start(undefined);
    await world.units(3);
    await world.rollouts.pause('greeting', { by: grace });
    await rollsBackAsItStands(world);
  });
});

it('a smoke test that failed after a deployment rolls back, and is named', async () => {
  const failed: string[] = [];
  const world = await World.open({ failedSmokeTests: () => failed });
  await world.start();
  await world.until(({ state }) => state === 'running', 3);
  await world.advance();
  await world.units(2);
  expect(await world.status()).toMatchObject({ state: 'running' });
  failed.push('permissions, run after deployment 1.4.0,');
  const rolledBack = await world.until(({ ended }) => ended !== null, 4);
  expect(rolledBack.state).toBe('rolled-back');
  expect(world.on()).toEqual([]);
  const told = (await world.notices()).find(({ card }) => card.title === 'ROLLBACK INITIATED: greeting');
  expect(JSON.stringify(told)).toContain('The smoke test permissions, run after deployment 1.4.0, failed.');
});
