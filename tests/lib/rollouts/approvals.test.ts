import { describe, expect, it } from 'vitest';
import { approvalBasis, approvalNeeded } from '../../../src/lib/rollouts/approvals.js';
import { ada, grace, guildId } from '../flags/room.js';
import { shortPlan, World } from './World.js';

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
    expect(await world.status()).toMatchObject({ state: 'running', step: 0, approval: null });
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

  it('answers one request: what else moved on does not matter, another request does', async () => {
    const world = await World.open({ plan: always, hasApprovers: true });
    await world.rollouts.start({ flag: 'greeting', by: ada, plan: 'short', startAt: world.now + 1 });
    await world.units(2);
    const { approval, revision } = await world.status();
    const asked = approval?.asked ?? 0;
    await world.rollouts.acknowledge('greeting', { by: ada });
    expect((await world.status()).revision).toBeGreaterThan(revision);
    await world.rollouts.approve('greeting', { by: grace, asked });
    expect((await world.status()).approval?.given).not.toBeNull();
    await world.do({ do: 'cohort-create', cohort: 'vip', guilds: [guildId(9)] });
    await world.do({ do: 'deny-cohort', flag: 'greeting', cohort: 'vip' });
    await world.unit();
    const late = world.rollouts.approve('greeting', { by: grace, asked });
    await expect(late).rejects.toMatchObject({ code: 'STALE_ROLLOUT' });
    expect((await world.status()).approval?.given).toBeNull();
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

  it('may decline what has not begun: it is over, and who asked is told by whom and why', async () => {
    const world = await World.open({ plan: always, hasApprovers: true });
    await world.start(undefined);
    await world.units(2);
    await expect(world.rollouts.decline('greeting', { by: grace, reason: '' })).rejects.toMatchObject({
      code: 'REASON_NEEDED',
    });
    await world.rollouts.decline('greeting', { by: grace, reason: 'the words are wrong' });
    const { ended, news, state } = await world.status();
    expect([state, ended]).toMatchObject(['cancelled', { how: 'cancelled', by: grace.id }]);
    expect(news.at(-1)?.text).toBe('Declined by Grace: the words are wrong');
    expect(world.on()).toEqual([]);
    expect(world.flags.flag('greeting')).toMatchObject({ rollout: null, basisPoints: 0 });
    const told = (await world.notices()).filter(({ card }) => card.title.includes('declined'));
    expect(told.map(({ to }) => to)).toEqual(['operations', { user: ada.id }]);
    for (const each of told) expect(JSON.stringify(each)).toContain('the words are wrong');
    expect(told[1]?.card).not.toHaveProperty('buttons');
  });

  it('may decline a step: what is served stays, it stands still, and once resumed someone is asked anew', async () => {
    const world = await World.open({ plan: always, hasApprovers: true });
    await world.start(undefined);
    await world.units(2);
    await world.rollouts.approve('greeting', { by: grace });
    await world.until(({ state, approval }) => state === 'waiting' && approval?.given === null, 60);
    const served = world.on();
    expect(served.length).toBeGreaterThan(0);
    const { approval } = await world.status();
    await world.rollouts.decline('greeting', {
      by: grace,
      reason: 'not on a Friday',
      asked: approval?.asked ?? 0,
    });
    expect(await world.status()).toMatchObject({ state: 'paused', approval: null, paused: { by: grace.id } });
    await world.units(10);
    expect(world.on()).toEqual(served);
    expect((await world.status()).state).toBe('paused');
    await world.rollouts.resume('greeting', { by: ada });
    await world.until(({ state }) => state === 'waiting', 60);
    const again = await world.status();
    expect(again.approval).toMatchObject({ given: null });
    expect(again.approval?.asked).not.toBe(approval?.asked);
    const late = world.rollouts.decline('greeting', { by: grace, reason: 'x', asked: approval?.asked ?? 0 });
    await expect(late).rejects.toMatchObject({ code: 'STALE_ROLLOUT' });
  });

  it('cannot decline what was approved', async () => {
    const world = await World.open({ plan: always, hasApprovers: true });
    await world.rollouts.start({ flag: 'greeting', by: ada, plan: 'short', startAt: world.now + 1e9 });
    await world.units(2);
    await world.rollouts.approve('greeting', { by: grace });
    await expect(
      world.rollouts.decline('greeting', { by: grace, reason: 'after all' }),
    ).rejects.toMatchObject({
      code: 'NOT_IN_THIS_STATE',
    });
    expect((await world.status()).state).toBe('waiting');
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

describe('a step needs a second person', () => {
  const plan = { ...shortPlan, approvals: { required: 'large', members: 1_000, share: 0.25 } } as const;
  const blast = (guilds: number, members: number) => ({ guilds, members, outOf: 100 }) as never;
  const why = (guilds: number, members: number) => approvalNeeded(plan, 0, blast(guilds, members));

  it('where more members or a larger share of guilds than the plan says would newly get it', () => {
    expect([why(1, 1_000), why(25, 10), why(0, 0)]).toEqual([null, null, null]);
    expect(why(1, 1_001)).toContain('more than 1,000 members');
    expect(why(26, 10)).toContain('more than 25 % of all guilds');
  });

  it('never where the plan says so, nor where nobody newly gets it', () => {
    const never = { ...plan, approvals: { ...plan.approvals, required: 'never' } } as const;
    const always = { ...plan, approvals: { ...plan.approvals, required: 'always' } } as const;
    expect(approvalNeeded(never, 0, blast(100, 1_000_000))).toBeNull();
    expect(approvalNeeded(always, 0, blast(0, 0))).toBeNull();
    expect(approvalNeeded(always, 0, blast(1, 1))).toContain('at every step');
  });

  it('for exactly what was asked: another step, share, seed, prerequisite or cohort is something else', async () => {
    const world = await World.open({ plan: shortPlan });
    await world.start(undefined);
    const document = await world.document();
    const flag = world.flags.flag('greeting');
    const basis = approvalBasis(document, 0, flag);
    expect(approvalBasis(document, 0, { ...flag, description: 'other words', v: 99 })).toBe(basis);
    const [first, ...rest] = document.plan.steps;
    const wider = { ...document.plan, steps: [{ ...first!, basisPoints: 3_000 }, ...rest] };
    const others = [
      approvalBasis(document, 1, flag),
      approvalBasis({ ...document, plan: wider }, 0, flag),
      approvalBasis(document, 0, { ...flag, seed: 'another' }),
      approvalBasis(document, 0, { ...flag, requires: ['base'] }),
      approvalBasis(document, 0, { ...flag, cohorts: { vip: { override: 'deny' } } as never }),
    ];
    expect(new Set([basis, ...others]).size).toBe(others.length + 1);
  });
});
