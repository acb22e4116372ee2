/** What a rollout asks before it starts, and what it leaves behind for those who look later. */
import { describe, expect, it } from 'vitest';
import { ada, grace, guildId } from '../flags/room.js';
import { planOf, shortPlan, World } from './World.js';

const half = planOf(`
rollout_strategy:
  name: half
  hold_back: 0%
  phases:
    - { name: half, percentage: 50, duration: 1h }
    - { name: all, percentage: 100, duration: 1h }
`);
const asked = { flag: 'greeting', by: ada, plan: 'half' };

describe('a start that reaches many', () => {
  it('is asked about, and changes nothing before somebody has confirmed it', async () => {
    const world = await World.open({ plan: half });
    const outcome = await world.rollouts.start(asked);
    if (outcome.status !== 'confirm') throw new Error(`expected a question, got ${outcome.status}`);
    expect(outcome.proposal).toMatchObject({ needsConfirmation: true, approvals: [] });
    expect(outcome.proposal.blast.guilds).toBeGreaterThan(30);
    await world.units(2);
    expect(await world.rollouts.list()).toEqual([]);
    expect(world.on()).toEqual([]);
    await world.rollouts.start({ ...asked, confirmed: outcome.proposal });
    await world.units(2);
    expect(world.on()).toHaveLength(outcome.proposal.blast.guilds);
  });

  it('is refused where the flag was changed while the person decided', async () => {
    const world = await World.open({ plan: half });
    const outcome = await world.rollouts.start(asked);
    if (outcome.status !== 'confirm') throw new Error(`expected a question, got ${outcome.status}`);
    await world.do({ do: 'edit', flag: 'greeting', facts: { description: 'Something else by now' } });
    await expect(world.rollouts.start({ ...asked, confirmed: outcome.proposal })).rejects.toMatchObject({
      code: 'STALE_ROLLOUT',
    });
    expect(await world.rollouts.list()).toEqual([]);
  });

  it('is refused while everything is frozen', async () => {
    const world = await World.open({ plan: half });
    await world.rollouts.freeze.start({ by: grace, reason: 'the world cup' });
    await expect(world.rollouts.start(asked)).rejects.toMatchObject({ code: 'FROZEN' });
    await expect(world.rollouts.propose(asked)).rejects.toMatchObject({ code: 'FROZEN' });
  });
});

describe('guilds that are named for targets', () => {
  it('become a cohort only for names that mean nothing yet', async () => {
    const world = await World.open();
    await world.do({ do: 'cohort-create', cohort: 'beta_server_1', guilds: [guildId(7)] });
    await world.start([guildId(5)]);
    expect(world.flags.cohort('beta_server_1').guilds).toEqual([guildId(7)]);
    expect(world.flags.cohort('beta_server_2').guilds).toEqual([guildId(5)]);
  });

  it('are asked about where the plan needs none of them, since nobody would get it by them', async () => {
    const world = await World.open();
    for (const [index, cohort] of ['internal_test_server', 'beta_server_1', 'beta_server_2'].entries())
      await world.do({ do: 'cohort-create', cohort, guilds: [guildId(index)] });
    const start = { flag: 'greeting', by: ada, guilds: [guildId(9)] };
    const outcome = await world.rollouts.start(start);
    if (outcome.status !== 'confirm') throw new Error(`expected a question, got ${outcome.status}`);
    expect(outcome.proposal.notes.join(' ')).toMatch(
      /guilds that you named are not used: the plan names internal_test_server.* known here.*\/cohort create/,
    );
    const { guilds: _, ...bare } = start;
    expect((await world.rollouts.start(bare)).status).toBe('done');
  });

  it('are asked about where the plan chooses no guilds at all', async () => {
    const world = await World.open({ plan: shortPlan });
    const outcome = await world.rollouts.start({
      flag: 'greeting',
      by: ada,
      plan: shortPlan.name,
      guilds: [guildId(9)],
    });
    if (outcome.status !== 'confirm') throw new Error(`expected a question, got ${outcome.status}`);
    expect(outcome.proposal.notes.join(' ')).toContain('this plan chooses none');
  });

  it('have to be guilds that the bot is in', async () => {
    const world = await World.open();
    const start = world.rollouts.start({ flag: 'greeting', by: ada, guilds: ['999999999999999999'] });
    await expect(start).rejects.toMatchObject({ code: 'UNKNOWN_GUILD' });
    expect(await world.rollouts.list()).toEqual([]);
  });
});

describe('what a flag requires is complete only', () => {
  const requiring = async (world: World): Promise<void> => {
    await world.do({ do: 'create', flag: 'base', facts: {} });
    await world.do({ do: 'edit', flag: 'greeting', facts: { requires: ['base'] } });
  };

  it('where it is on for everyone and not killed', async () => {
    const world = await World.open({ plan: shortPlan });
    await requiring(world);
    await world.do({ do: 'enable', flag: 'base' });
    await world.do({ do: 'kill', flag: 'base' });
    await expect(world.start(undefined)).rejects.toThrow('requires base');
  });

  it('where its own rollout has ended, though it may serve everyone already', async () => {
    const world = await World.open({ plan: half });
    await requiring(world);
    const base = { ...asked, flag: 'base' };
    const outcome = await world.rollouts.start(base);
    if (outcome.status === 'confirm') await world.rollouts.start({ ...base, confirmed: outcome.proposal });
    await world.turn();
    await world.advance('base');
    expect(world.flags.flag('base')).toMatchObject({ enabled: true, basisPoints: 10_000 });
    await expect(world.start(undefined)).rejects.toThrow('requires base');
    await world.advance('base');
    expect(world.flags.flag('base').rollout).toBeNull();
    await expect(world.start(undefined)).resolves.toMatchObject({ flag: 'greeting' });
  });
});

describe('what is done to a rollout', () => {
  it('stands in the audit with who and why', async () => {
    const world = await World.open({ plan: shortPlan });
    await world.start(undefined);
    await world.until(({ state }) => state === 'running', 3);
    await world.rollouts.pause('greeting', { by: grace, reason: 'Odd numbers' });
    const [newest] = await world.store.audit.read({ limit: 1 });
    expect(newest?.body).toMatchObject({
      ...{ kind: 'rollouts', flag: 'greeting', title: 'Pause the rollout of greeting', state: 'paused' },
      ...{ by: { id: grace.id, name: grace.name }, reason: 'Odd numbers' },
    });
  });

  it('is told to guilds that joined its beta, as any other kill', async () => {
    const world = await World.open({ plan: shortPlan });
    await world.do({ do: 'edit', flag: 'greeting', facts: { beta: 'open' } });
    await world.do({ do: 'beta-join', flag: 'greeting', guild: guildId(3) });
    await world.start(undefined);
    await world.until(({ state }) => state === 'running', 3);
    await world.rollouts.rollback('greeting', { by: ada });
    const kinds = (await world.store.outbox.pending(1_000)).map(({ body }) => body);
    expect(kinds).toContainEqual({ kind: 'beta-fanout', flag: 'greeting', event: 'killed' });
  });
});
