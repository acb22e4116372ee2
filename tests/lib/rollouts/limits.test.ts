/** What needs no comparison, as the judge of a rollout meets it: memory, databases, people's reports, probes, and guards that only tell. */
import { describe, expect, it } from 'vitest';
import type { ProcessReport } from '../../../src/lib/health/recording/ProcessReport.js';
import { guildId } from '../flags/room.js';
import { planOf, speed, World } from './World.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const plan = (more = '') =>
  planOf(`
rollout_strategy:
  name: watched
  phases:
    - { name: some, percentage: 20, duration: 14d }
    - { name: rest, percentage: 100, duration: 14d }
  tolerance: 20
${more}`);

async function running(more?: string): Promise<World> {
  const world = await World.open({ plan: plan(more) });
  await world.start(undefined);
  await world.until(({ state }) => state === 'running', 3);
  return world;
}

const report = (change: Partial<ProcessReport>): ProcessReport => ({
  process: 'p1',
  at: 0,
  flushedUntil: 0,
  startedAt: 0,
  memory: [],
  eventLoopDelayMs: { median: 1, p99: 1, max: 1 },
  gatewayPingMs: 40,
  probes: {},
  ...change,
});

/** Level for an hour, and by half larger within the four hours since. */
const growing = (world: World) =>
  report({
    memory: Array.from({ length: 300 }, (_, minute) => ({
      at: world.realNow - (299 - minute) * minuteMs,
      bytes: 1e8 * (1 + 0.5 * Math.max(0, (minute - 60) / 240)),
    })),
  });

const limitOf = async (world: World) => {
  const { state, verdict } = await world.document();
  return { state, reason: verdict?.reasons[0] };
};

describe('memory that grew by a third in nearly all processes', () => {
  it('rolls back what was served shortly before it began', async () => {
    const world = await running();
    world.realNow += 5 * hourMs;
    world.now += 5 * hourMs * speed;
    world.live();
    world.processes = [growing(world)];
    await world.turn();
    expect(await limitOf(world)).toMatchObject({
      state: 'rolling-back',
      reason: { code: 'HARD_LIMIT', limit: { limit: 'memory', leadsTo: 'ROLLBACK' } },
    });
  });

  it('pauses what was served only afterwards, and wakes whoever is on call', async () => {
    const world = await running();
    world.live();
    world.processes = [growing(world)];
    await world.turn();
    expect(await limitOf(world)).toMatchObject({ state: 'paused', reason: { limit: { limit: 'memory' } } });
    const [told] = (await world.notices()).filter(({ card }) => card.title.endsWith('is paused'));
    expect(told?.pingOnCall).toBe(true);
  });
});

describe('a database of the host that stops answering', () => {
  const failing = (at: number) =>
    report({
      probes: {
        postgres: [true, true, false, false, false].map((isHealthy, n) => ({
          at: at + n * 1_000,
          isHealthy,
        })),
      },
    });

  it('rolls back what was served shortly before', async () => {
    const world = await running();
    world.live();
    world.processes = [failing(world.realNow)];
    await world.turn();
    expect(await limitOf(world)).toMatchObject({
      state: 'rolling-back',
      reason: { limit: { limit: 'database', facts: { probe: 'postgres' } } },
    });
  });

  it('pauses what was served only afterwards', async () => {
    const world = await running();
    world.live();
    world.processes = [failing(world.realNow - 6 * hourMs)];
    await world.turn();
    expect((await limitOf(world)).state).toBe('paused');
  });
});

describe('reports of critical problems by more people than the plan allows', () => {
  const trigger = '  rollback_triggers: [{ user_complaints: 5 }]\n';
  const reported = (world: World, hasFeature: (at: number) => boolean) =>
    Array.from({ length: 6 }, (_, at) => ({
      reporter: `person ${at}`,
      guild: guildId(at),
      hasFeature: hasFeature(at),
      at: world.now - 1,
    }));

  it.each([
    ['only from guilds that have it, as a trigger, roll back', trigger, () => true, 'rolling-back'],
    ['also from a guild without it only pause', trigger, (at: number) => at > 0, 'paused'],
    ['only pause where no trigger names them', '', () => true, 'paused'],
  ] as const)('%s', async (_, more, hasFeature, state) => {
    const world = await running(more);
    world.live();
    world.reports = reported(world, hasFeature);
    await world.turn();
    expect(await limitOf(world)).toMatchObject({ state, reason: { limit: { limit: 'user-reports' } } });
  });
});

it('a guard that only tells, tells once, and stops nothing', async () => {
  const world = await running('  guards: [{ metric: errors, margin: 1.2, alpha: 0.01, action: notify }]\n');
  world.conduct.harm = 8;
  await world.units(40);
  expect((await world.document()).state).toBe('running');
  const told = (await world.notices()).filter(({ card }) => card.title.startsWith('Worth a look'));
  expect(told).toHaveLength(1);
  expect(JSON.stringify(told[0])).toMatch(
    /Errors ran [\d.]+x the control.s in 30 guilds, at least [\d.]+x\./,
  );
});

it('a phase of chosen guilds is not left while a probe does not answer', async () => {
  const world = await World.open();
  await world.start();
  await world.until(({ state }) => state === 'running', 3);
  const probe = (isHealthy: boolean) => report({ probes: { postgres: [{ at: world.realNow, isHealthy }] } });
  world.processes = [probe(false)];
  await world.units(100);
  expect(await world.document()).toMatchObject({ state: 'holding', step: 0 });
  expect((await world.document()).verdict?.reasons[0]?.code).toBe('PROBES_NOT_GREEN');
  world.processes = [probe(true)];
  await world.units(2);
  expect((await world.document()).step).toBe(1);
});
