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

describe('freezes', () => {
  it('hold what would widen, whoever asks; narrowing always works', async () => {
    const world = await running();
    await world.rollouts.freeze.start({ by: grace, reason: 'Black Friday' });
    await world.do({ do: 'create', flag: 'other', facts: {} });
    await expect(world.do({ do: 'enable', flag: 'other' })).rejects.toMatchObject({ code: 'FROZEN' });
    await expect(world.rollouts.advance('greeting', { by: ada })).rejects.toMatchObject({ code: 'FROZEN' });
    await world.units(20);
    expect(await world.status()).toMatchObject({ state: 'holding', step: 0 });
    expect((await world.status()).obstacle).toContain('Black Friday');
    await world.rollouts.freeze.stop(grace);
    await world.unit();
    expect(await world.status()).toMatchObject({ state: 'running', step: 1 });
  });

  it('an override needs a reason, and is told', async () => {
    const world = await World.open();
    await world.rollouts.freeze.start({ by: grace, reason: 'incident', until: world.now + 3_600_000 });
    const change = { do: 'enable', flag: 'greeting', basisPoints: 800 } as const;
    await expect(world.flags.change({ change, by: ada, overridesFreeze: true })).rejects.toMatchObject({
      code: 'FROZEN',
    });
    await world.flags.change({
      change: { ...change, basisPoints: 900 },
      by: ada,
      overridesFreeze: true,
      reason: 'the fix',
    });
    expect(world.on().length).toBeGreaterThan(0);
    expect(JSON.stringify(await world.notices())).toContain('although Grace froze everything (incident)');
    world.now += 3_600_000;
    await world.do({ do: 'enable', flag: 'greeting', basisPoints: 1_500 });
  });

  it('an incident pauses rollouts until it is over', async () => {
    const world = await running();
    await world.rollouts.freeze.start({ by: grace, reason: 'the database is down', isIncident: true });
    await world.unit();
    expect(await world.document()).toMatchObject({ state: 'paused', pause: { endsWith: 'cause' } });
    await world.rollouts.freeze.stop(grace, 'mended');
    await world.unit();
    expect((await world.document()).state).toBe('running');
  });
});

describe('a second person', () => {
  const always = { ...shortPlan, approvals: { required: 'always', members: 0, share: 0 } } as const;

  it('is asked where there are approvers; who asked cannot approve; then it goes on', async () => {
    const world = await World.open({ plan: always, hasApprovers: true });
    await world.start(undefined);
    await world.units(2);
    expect(await world.status()).toMatchObject({
      state: 'waiting',
      approval: { askedBy: ada.id, given: null },
    });
    expect(world.on()).toEqual([]);
    await expect(world.rollouts.approve('greeting', { by: ada })).rejects.toMatchObject({
      code: 'SECOND_PERSON_NEEDED',
    });
    await world.rollouts.approve('greeting', { by: grace });
    await world.unit();
    expect(await world.status()).toMatchObject({ state: 'running', step: 0 });
  });

  it('approves what was asked and nothing else: the flag edited, it is asked anew', async () => {
    const world = await World.open({ plan: always, hasApprovers: true });
    await world.rollouts.start({ flag: 'greeting', by: ada, plan: 'short', startAt: world.now + 1 });
    await world.units(2);
    await world.rollouts.approve('greeting', { by: grace });
    await world.do({ do: 'cohort-create', cohort: 'vip', guilds: [guildId(9)] });
    await world.do({ do: 'deny-cohort', flag: 'greeting', cohort: 'vip' });
    await world.unit();
    expect(await world.status()).toMatchObject({ state: 'waiting', approval: { given: null } });
    expect(world.on()).toEqual([]);
  });

  it('can be done without in an emergency, with a reason, and the approvers hear of it', async () => {
    const world = await World.open({ plan: always, hasApprovers: true });
    await world.start(undefined);
    await world.units(2);
    const alone = { by: ada, breakGlass: true };
    await expect(world.rollouts.approve('greeting', alone)).rejects.toMatchObject({ code: 'REASON_NEEDED' });
    await world.rollouts.approve('greeting', { ...alone, reason: 'nobody is awake' });
    const [told] = (await world.notices()).filter(({ card }) => card.title.startsWith('Approved without'));
    expect(told?.pingApprovers).toBe(true);
  });

  it('is never needed to roll back, and nobody is asked where nobody could approve', async () => {
    const asked = await World.open({ plan: always });
    await asked.start(undefined);
    await asked.units(2);
    expect((await asked.status()).state).toBe('running');
    await asked.rollouts.rollback('greeting', { by: ada });
    expect(asked.on()).toEqual([]);
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
