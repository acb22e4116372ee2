import { describe, expect, it } from 'vitest';
import { ada, grace } from '../flags/room.js';
import { shortPlan, World, type WorldOptions } from './World.js';

async function running(options: WorldOptions = {}): Promise<World> {
  const world = await World.open({ plan: shortPlan, ...options });
  await world.start(undefined);
  await world.until(({ state }) => state === 'running', 3);
  return world;
}

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
    expect(JSON.stringify(await world.notices())).toContain('In spite of the freeze by Grace (incident)');
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

  it('says why, ends in the future, and calls whoever is on call where it is an incident', async () => {
    const world = await World.open();
    const { freeze } = world.rollouts;
    await expect(freeze.start({ by: ada, reason: '  ' })).rejects.toMatchObject({ code: 'REASON_NEEDED' });
    const past = freeze.start({ by: ada, reason: 'x', until: world.now });
    await expect(past).rejects.toThrow('lies in the future');
    expect(freeze.current()).toBeUndefined();
    await freeze.start({ by: ada, reason: 'a quiet week' });
    await freeze.start({ by: ada, reason: 'the database', isIncident: true });
    const told = (await world.notices()).filter(({ kind }) => kind === 'freeze');
    expect(told.map(({ pingOnCall }) => pingOnCall)).toEqual([false, true]);
    expect(freeze.current()).toMatchObject({ reason: 'the database', isIncident: true });
  });

  it('one that takes the place of another says of which, in its answer and to everybody', async () => {
    const world = await World.open();
    const { freeze } = world.rollouts;
    const first = await freeze.start({ by: ada, reason: 'a quiet week', until: world.now + 3_600_000 });
    expect(first.replaced).toBeUndefined();
    const { replaced } = await freeze.start({ by: grace, reason: 'a second look' });
    expect(replaced).toEqual(first.freeze);
    const told = (await world.notices()).filter(({ kind }) => kind === 'freeze').map(({ card }) => card);
    expect(told.map(({ title }) => title)).toEqual([
      'Everything is frozen: nothing is widened',
      'Everything is still frozen: nothing is widened',
    ]);
    expect(JSON.stringify(told[1])).toMatch(
      /takes the place of the freeze by Ada \(a quiet week\), until \d{4}-/,
    );
    expect(JSON.stringify(told[1])).toContain('It holds until somebody stops it.');
  });

  it('one that would end another sooner, or make an incident none, is for those who may end it', async () => {
    const world = await World.open();
    const { freeze } = world.rollouts;
    const hour = 3_600_000;
    await freeze.start({ by: ada, reason: 'the database', until: world.now + 2 * hour, isIncident: true });
    const sooner = { by: grace, reason: 'x', until: world.now + hour, isIncident: true };
    await expect(freeze.start(sooner)).rejects.toThrow('this would end it sooner');
    await expect(freeze.start({ by: grace, reason: 'x' })).rejects.toThrow('it is an incident');
    expect(freeze.current()).toMatchObject({ reason: 'the database' });
    await freeze.start({ by: grace, reason: 'longer', until: world.now + 3 * hour, isIncident: true });
    await freeze.start({ ...sooner, isIncident: false, mayEase: true });
    expect(freeze.current()).toMatchObject({ until: world.now + hour, isIncident: false });
    expect(JSON.stringify((await world.notices()).at(-1))).toContain('what it paused is not paused any more');
  });

  it('by two people at the same time are one: the later replaces the earlier', async () => {
    const world = await World.open();
    const { freeze } = world.rollouts;
    await Promise.all([
      freeze.start({ by: ada, reason: 'one' }),
      freeze.start({ by: grace, reason: 'the other' }),
    ]);
    const [stored] = await world.store.getMany('settings', ['freeze']);
    expect(stored).toMatchObject({ freeze: { reason: freeze.current()?.reason } });
    const told = (await world.notices()).filter(({ kind }) => kind === 'freeze');
    expect(told).toHaveLength(2);
    expect(JSON.stringify(told[1])).toContain('This takes the place of the freeze by');
  });
});
