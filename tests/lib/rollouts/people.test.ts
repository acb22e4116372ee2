import { describe, expect, it } from 'vitest';
import { rolloutStates, type RolloutState } from '../../../src/lib/rollouts/documents.js';
import { isOver, mayFollow } from '../../../src/lib/rollouts/transitions.js';
import { ada, grace, guildId } from '../flags/room.js';
import { shortPlan, World, type WorldOptions } from './World.js';

async function running(options: WorldOptions = {}): Promise<World> {
  const world = await World.open({ plan: shortPlan, ...options });
  await world.start(undefined);
  await world.until(({ state }) => state === 'running', 3);
  return world;
}

describe('starting', () => {
  it('refuses a plan whose targets mean nothing here, and keeps the guilds that are named as cohorts', async () => {
    const world = await World.open();
    const refused = world.rollouts.start({ flag: 'greeting', by: ada });
    await expect(refused).rejects.toMatchObject({ code: 'UNKNOWN_TARGETS' });
    await expect(refused).rejects.toThrow('internal_test_server, beta_server_1 and beta_server_2');
    await world.start([guildId(5)]);
    expect(world.flags.cohort('internal_test_server').guilds).toEqual([guildId(5)]);
    await world.units(2);
    expect(world.on()).toEqual([guildId(5)]);
  });

  it('refuses while what the flag requires is not on for everyone', async () => {
    const world = await World.open({ plan: shortPlan });
    await world.do({ do: 'create', flag: 'base', facts: {} });
    await world.do({ do: 'edit', flag: 'greeting', facts: { requires: ['base'] } });
    await expect(world.start(undefined)).rejects.toThrow('requires base');
    await world.do({ do: 'enable', flag: 'base' });
    expect((await world.start(undefined)).state).toBe('draft');
  });

  it('refuses a second rollout of the same flag, and a flag that is killed or on for everyone', async () => {
    const world = await running();
    await expect(world.start(undefined)).rejects.toMatchObject({ code: 'IN_ROLLOUT' });
    await world.do({ do: 'create', flag: 'other', facts: {} });
    await world.do({ do: 'kill', flag: 'other' });
    await expect(world.rollouts.start({ flag: 'other', by: ada, plan: 'short' })).rejects.toThrow('killed');
    await world.do({ do: 'unkill', flag: 'other' });
    await world.do({ do: 'enable', flag: 'other' });
    await expect(world.rollouts.start({ flag: 'other', by: ada, plan: 'short' })).rejects.toThrow(
      'on for everyone',
    );
  });

  it('waits for its time to start', async () => {
    const world = await World.open({ plan: shortPlan });
    await world.rollouts.start({ flag: 'greeting', by: ada, plan: 'short', startAt: world.now + 3_600_000 });
    await world.units(3);
    expect(await world.status()).toMatchObject({ state: 'waiting', reach: { guilds: 0 } });
    await world.units(3);
    expect((await world.status()).state).toBe('running');
  });

  it('takes the feature from nobody who had it before', async () => {
    const world = await World.open({ plan: shortPlan });
    await world.do({ do: 'enable', flag: 'greeting', basisPoints: 5_000 });
    const had = world.on();
    await world.start(undefined);
    await world.units(3);
    expect(world.on()).toEqual(had);
  });
});

describe('while it runs', () => {
  it('its percentage is decided by the rollout; deny works for everybody', async () => {
    const world = await running();
    for (const change of [
      { do: 'enable', flag: 'greeting' },
      { do: 'enable', flag: 'greeting', basisPoints: 10 },
    ] as const) {
      await expect(world.do(change)).rejects.toMatchObject({ code: 'IN_ROLLOUT' });
    }
    const guild = world.on()[0] ?? '';
    await world.do({ do: 'deny', flag: 'greeting', guild });
    expect(world.on()).not.toContain(guild);
  });

  it('pausing keeps what is served and stops the time; resuming goes on from there', async () => {
    const world = await running();
    await world.units(3);
    const had = world.on();
    await world.rollouts.pause('greeting', { by: ada, reason: 'looking' });
    const { phase } = await world.status();
    await world.units(20);
    expect(world.on()).toEqual(had);
    expect((await world.status()).phase.elapsedMs).toBe(phase.elapsedMs);
    await world.rollouts.resume('greeting', { by: ada });
    await world.units(1);
    expect(await world.status()).toMatchObject({ state: 'running' });
  });

  it('a click on an older card changes nothing', async () => {
    const world = await running();
    const { revision } = await world.status();
    await world.rollouts.pause('greeting', { by: grace });
    const stale = world.rollouts.rollback('greeting', { by: ada, revision });
    await expect(stale).rejects.toMatchObject({ code: 'STALE_ROLLOUT' });
    expect((await world.status()).state).toBe('paused');
  });

  it('cancelling keeps the share or brings back what was before, as asked', async () => {
    for (const [leave, basisPoints] of [
      ['keep', 2_000],
      ['restore', 0],
    ] as const) {
      const world = await running();
      await world.rollouts.cancel('greeting', { by: ada, leave });
      expect(world.flags.flag('greeting')).toMatchObject({ basisPoints, rollout: null, killed: null });
      expect((await world.status()).can).toEqual([]);
    }
  });

  it('it keeps the plan it started with', async () => {
    const world = await running();
    const { plan } = await world.document();
    expect(plan).toEqual(shortPlan);
    expect((await world.document()).plan.steps).toHaveLength(2);
  });

  it('one who asks for what cannot be is told what can', async () => {
    const world = await running();
    await expect(world.rollouts.resume('nothing', { by: ada })).rejects.toMatchObject({
      code: 'UNKNOWN_ROLLOUT',
    });
    await world.rollouts.rollback('greeting', { by: ada });
    await world.units(1);
    await expect(world.rollouts.pause('greeting', { by: ada })).rejects.toMatchObject({
      code: 'NOT_IN_THIS_STATE',
    });
    await expect(world.rollouts.rollback('greeting', { by: ada })).resolves.toMatchObject({
      status: 'unchanged',
    });
  });
});

describe('the table of states', () => {
  const allowed: Readonly<Record<RolloutState, string>> = {
    draft: 'waiting running cancelled',
    waiting: 'running holding paused rolling-back completed cancelled',
    running: 'waiting holding paused rolling-back completed cancelled',
    holding: 'waiting running paused rolling-back completed cancelled',
    paused: 'running rolling-back cancelled',
    'rolling-back': 'rolled-back',
    completed: '',
    'rolled-back': '',
    cancelled: '',
  };

  it.each(rolloutStates.flatMap((from) => rolloutStates.map((to) => [from, to] as const)))(
    '%s → %s',
    (from, to) => {
      expect(mayFollow(from, to)).toBe(from === to || allowed[from].split(' ').includes(to));
    },
  );

  it('an end is where nothing follows', () => {
    expect(rolloutStates.filter(isOver)).toEqual(['completed', 'rolled-back', 'cancelled']);
  });
});
