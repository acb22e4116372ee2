import { describe, expect, it } from 'vitest';
import { unitMs } from '../../../src/lib/health/judging/units.js';
import { ada, guildId } from '../flags/room.js';
import { shortPlan, World, type WorldOptions } from './World.js';

async function running(options: WorldOptions = {}): Promise<World> {
  const world = await World.open({ plan: shortPlan, ...options });
  await world.start(undefined);
  await world.until(({ state }) => state === 'running', 3);
  return world;
}

describe('no data is never healthy', () => {
  it('no traffic at all: holds, and asks staff once when it has held for twice its time', async () => {
    const world = await running();
    world.conduct.traffic = 0;
    await world.units(80);
    const document = await world.document();
    expect(document).toMatchObject({ state: 'holding', step: 0, asked: true });
    expect(document.verdict?.reasons.map(({ code }) => code)).toEqual(['TOO_FEW_GUILDS', 'TOO_FEW_COMMANDS']);
    const asks = (await world.notices()).filter(({ card }) => card.title.endsWith('needs a decision'));
    expect(asks).toHaveLength(1);
  });

  it('traffic that stops in mid-phase ends nothing: what was seen before counts, what is missing does not', async () => {
    const world = await running({ plan: { ...shortPlan, minExposure: { guilds: 5, commands: 100_000 } } });
    await world.units(4);
    world.conduct.traffic = 0;
    await world.units(20);
    expect(await world.document()).toMatchObject({ state: 'holding', step: 0 });
  });

  it('silent processes pause it; it goes on by itself when they report again, and no time was lost or won', async () => {
    const world = await running();
    await world.units(4);
    world.conduct.isSilent = true;
    await world.units(6);
    const silent = await world.document();
    expect(silent).toMatchObject({ state: 'paused', pause: { endsWith: 'cause' } });
    expect(silent.verdict?.reasons[0]?.code).toBe('NO_TELEMETRY');
    const before = (await world.status()).phase.elapsedMs;
    world.conduct.isSilent = false;
    await world.units(2);
    expect((await world.document()).state).toBe('running');
    expect((await world.status()).phase.elapsedMs - before).toBeLessThanOrEqual(2 * unitMs);
  });

  it('chosen guilds that stay silent hold a phase of chosen guilds only', async () => {
    const world = await World.open();
    await world.start();
    await world.until(({ state }) => state === 'running', 3);
    world.conduct.traffic = 0;
    await world.units(100);
    expect(await world.document()).toMatchObject({ state: 'holding', step: 0 });
  });
});

describe('who is to blame', () => {
  it('every guild in both arms fails: paused, never rolled back', async () => {
    const world = await running();
    await world.units(4);
    world.conduct.outage = 0.5;
    await world.unit();
    const document = await world.document();
    expect(document).toMatchObject({ state: 'paused', pause: { endsWith: 'person' } });
    expect(document.verdict?.reasons).toMatchObject([{ code: 'HARD_LIMIT', limit: { limit: 'outage' } }]);
    await world.units(8);
    expect((await world.document()).state).toBe('paused');
    expect(world.on().length).toBeGreaterThan(0);
  });

  it('one guild that produces all errors is a matter for a person: nobody else loses the feature', async () => {
    const world = await running({
      plan: { ...shortPlan, steps: shortPlan.steps.map((step) => ({ ...step, durationMs: 86_400_000 })) },
    });
    world.conduct.broken = world.on()[0];
    await world.units(95);
    expect(await world.document()).toMatchObject({ state: 'paused', pause: { endsWith: 'person' } });
    expect(world.on().length).toBeGreaterThan(5);
  });

  it('guilds with the feature that are never seen: paused, since no comparison can be trusted', async () => {
    const world = await running();
    const [first, ...others] = world.on();
    expect(others.length).toBeGreaterThan(10);
    world.guilds = world.guilds.filter(({ id }) => id === first || !others.includes(id));
    await world.units(3);
    const { state, verdict } = await world.document();
    expect(state).toBe('paused');
    expect(verdict?.reasons.map(({ code }) => code)).toContain('SAMPLE_RATIO_MISMATCH');
  });

  it('2,000 reports in a minute from one guild are one guild', async () => {
    const world = await running();
    await world.units(2);
    const report = (at: number, guild: string) => ({
      reporter: `person ${at}`,
      guild,
      hasFeature: true,
      at: world.now - 1,
    });
    world.reports = Array.from({ length: 2_000 }, (_, at) => report(at, guildId(3)));
    await world.unit();
    expect((await world.document()).state).toBe('running');
    world.reports.push(report(1, guildId(4)));
    await world.unit();
    expect(await world.document()).toMatchObject({ state: 'paused' });
  });

  it('reports from before a person resumed it do not pause it again', async () => {
    const world = await running();
    await world.units(2);
    world.reports = Array.from({ length: 10 }, (_, at) => ({
      reporter: `person ${at}`,
      guild: guildId(at),
      hasFeature: true,
      at: world.now - 1,
    }));
    await world.unit();
    expect((await world.document()).state).toBe('paused');
    await world.rollouts.resume('greeting', { by: ada });
    await world.units(2);
    expect((await world.document()).state).toBe('running');
  });
});

describe('time', () => {
  it('a clock that jumps forward makes no phase shorter, and takes in nothing twice', async () => {
    const world = await running();
    await world.units(4);
    const before = (await world.status()).phase.elapsedMs;
    world.now += 3 * 86_400_000;
    await world.unit();
    const { phase, step } = await world.status();
    expect(step).toBe(0);
    expect(phase.elapsedMs - before).toBeLessThanOrEqual(2 * unitMs);
  });

  it('a clock that goes back loses no phase and takes in no unit twice', async () => {
    const world = await running();
    await world.units(8);
    const { ticks, taken } = await world.document();
    world.now -= 4 * unitMs;
    await world.units(3);
    const back = await world.document();
    expect(back.ticks).toBe(ticks);
    expect(back.taken).toEqual(taken);
    await world.until(({ ended }) => ended !== null, 60);
    expect((await world.document()).state).toBe('completed');
  });

  it('after a year forward and back again it goes on where it was', async () => {
    const world = await running();
    await world.units(3);
    world.now += 365 * 86_400_000;
    await world.units(3);
    world.now -= 365 * 86_400_000;
    await world.until(({ ended }) => ended !== null, 80);
    expect((await world.document()).state).toBe('completed');
  });

  it('a store that was away for an hour: paused on its return, and the hour is no part of the phase', async () => {
    const world = await running();
    await world.units(4);
    const before = (await world.status()).phase.elapsedMs;
    world.rollouts.follower.reachable(false);
    world.realNow += 3_600_000;
    world.now += 120 * unitMs;
    world.rollouts.follower.reachable(true);
    world.live();
    await world.turn();
    const document = await world.document();
    expect(document).toMatchObject({ state: 'paused', pause: { endsWith: 'person' } });
    expect(document.verdict?.reasons).toMatchObject([
      { code: 'HARD_LIMIT', limit: { limit: 'state-store' } },
    ]);
    expect((await world.status()).phase.elapsedMs - before).toBeLessThanOrEqual(unitMs);
    await world.rollouts.resume('greeting', { by: ada });
    await world.units(2);
    expect((await world.document()).state).toBe('running');
  });

  it('a bot that was off for a night goes on by itself; the night is no part of the phase', async () => {
    const world = await running();
    await world.units(4);
    const before = (await world.status()).phase.elapsedMs;
    world.realNow += 8 * 3_600_000;
    world.now += 8 * 3_600_000;
    await world.units(2);
    expect((await world.document()).state).toBe('running');
    expect((await world.status()).phase.elapsedMs - before).toBeLessThanOrEqual(2 * unitMs);
  });
});
