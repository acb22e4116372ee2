import { describe, expect, it } from 'vitest';
import type { RolloutState } from '../../../src/lib/rollouts/documents.js';
import { ada, grace } from '../flags/room.js';
import { asked, done, Ground } from './ground.js';

const flag = 'greeting';

async function withRollout(to: 'draft' | 'running'): Promise<Ground> {
  const ground = await Ground.open();
  await ground.do({ do: 'create', flag, facts: {} });
  const request = { flag, by: ada, guilds: ground.flags.directory.all.slice(0, 2).map(({ id }) => id) };
  const outcome = await ground.rollouts.start(request);
  if (outcome.status === 'confirm') {
    await ground.rollouts.start({ ...request, confirmed: outcome.proposal });
  }
  for (let turn = 0; to === 'running' && state(ground) !== 'running' && turn < 5; turn++) {
    await ground.rollouts.turn(ground.fence);
  }
  expect(state(ground)).toBe(to);
  return ground;
}

function state(ground: Ground): RolloutState | undefined {
  return [...ground.rollouts.documents][0]?.state;
}

describe('a rollback of a flag under rollout', () => {
  it('rolls the rollout back in the same commit, whose own notices it replaces', async () => {
    const ground = await withRollout('running');
    expect(ground.on(flag)).toBe(2);
    const told = (await ground.store.outbox.pending(100)).length;
    const head = (await ground.store.load()).head.seq;
    const rollback = await ground.now_(flag);
    expect((await ground.store.load()).head.seq).toBe(head + 1);
    expect(state(ground)).toBe('rolling-back');
    expect(rollback.rollouts).toEqual([[...ground.rollouts.documents][0]?.id]);
    expect(
      (await ground.store.outbox.pending(100)).slice(told).map(({ body }) => (body as { kind: string }).kind),
    ).toEqual([...Array<string>(3).fill('rollback')]);
    await ground.rollouts.turn(ground.fence);
    expect(state(ground)).toBe('rolled-back');
    await ground.until(({ state: is }) => is === 'completed');
    expect(ground.rollbacks.list()).toHaveLength(1);
    expect((await ground.rollbacks.now(asked(flag))).status).toBe('unchanged');
  });

  it('ends one that has served nobody yet, and lets go of the flag', async () => {
    const ground = await withRollout('draft');
    await ground.now_(flag);
    expect(state(ground)).toBe('cancelled');
    expect(ground.flags.flag(flag)).toMatchObject({ rollout: null, killed: { by: ada.id } });
  });

  it('that starts in the same moment: one of both is refused or tried again, and it is off', async () => {
    const ground = await Ground.open();
    await ground.do({ do: 'create', flag, facts: {} });
    const guilds = [ground.flags.directory.all[0]!.id];
    const [, rollback] = await Promise.allSettled([
      ground.rollouts.start({ flag, by: grace, guilds }),
      ground.rollbacks.now(asked(flag)),
    ]);
    expect(rollback.status).toBe('fulfilled');
    for (let turn = 0; turn < 4; turn++) await ground.rollouts.turn(ground.fence);
    expect(ground.on(flag)).toBe(0);
    expect(['cancelled', 'rolled-back', undefined]).toContain(state(ground));
  });

  it('of everything rolls every rollout back', async () => {
    const ground = await withRollout('running');
    const rollback = await ground.now_(null);
    expect(rollback.rollouts).toHaveLength(1);
    expect(state(ground)).toBe('rolling-back');
    expect(ground.flags.flag(flag).killed).not.toBeNull();
  });

  it('batch by batch holds the rollout still, and rolls it back with the last batch', async () => {
    const ground = await withRollout('running');
    done(await ground.rollbacks.gradual({ ...asked(flag), flag }));
    expect(state(ground)).toBe('paused');
    expect(ground.on(flag)).toBe(2);
    await expect(ground.rollouts.resume(flag, { by: grace })).rejects.toThrow('gradual rollback of greeting');
    await ground.until(({ offAt }) => offAt !== null);
    expect(state(ground)).toBe('rolling-back');
    await ground.rollouts.turn(ground.fence);
    await ground.until(({ state: is }) => is === 'completed');
    expect(ground.rollbacks.list()).toHaveLength(1);
  });

  it('batch by batch, cancelled, leaves it paused for a person to resume', async () => {
    const ground = await withRollout('running');
    done(await ground.rollbacks.gradual({ ...asked(flag), flag }));
    done(await ground.rollbacks.cancel(flag, { by: ada }));
    await ground.until(({ state: is }) => is === 'cancelled');
    expect(state(ground)).toBe('paused');
    await ground.rollouts.resume(flag, { by: grace });
    expect(state(ground)).toBe('running');
  });
});

describe('a rollout that was rolled back by other hands', () => {
  it('is followed by steps, proof and receipt, exactly once, however long the leader was away', async () => {
    for (const turnsBefore of [0, 2]) {
      const ground = await withRollout('running');
      await ground.rollouts.rollback(flag, { by: grace, reason: 'complaints' });
      for (let turn = 0; turn < turnsBefore; turn++) await ground.rollouts.turn(ground.fence);
      ground.pass(60_000);
      const end = await ground.until(({ state: is }) => is === 'completed');
      expect(end).toMatchObject({
        kind: 'immediate',
        trigger: 'other',
        affected: { guilds: 2 },
        before: [{ killed: null, enabled: true }],
        receipt: `digest-of-${end.id}`,
      });
      expect(end.sample).toHaveLength(2);
      expect(end.endedAt! - end.pressedAt).toBeGreaterThanOrEqual(60_000);
      expect(ground.ran).toEqual(['snapshot', 'bring-up', 'hand-over', 'take-down']);
      const other = await ground.room();
      for (let turn = 0; turn < 3; turn++) await ground.turn(other);
      await ground.rollouts.turn(ground.fence);
      for (let turn = 0; turn < 3; turn++) await ground.turn();
      expect(ground.rollbacks.list()).toHaveLength(1);
      // Of the rollback itself its own room has told already.
      expect(await ground.notices()).toHaveLength(3);
    }
  });

  it('says a reason and no more, and nobody by a number', async () => {
    for (const by of [ada, grace]) {
      const ground = await withRollout('running');
      await ground.rollouts.rollback(flag, { by });
      const { reason, created, news } = await ground.until(({ state: is }) => is === 'completed');
      expect(reason).toBe(`The rollout of ${flag} was rolled back.`);
      expect(created).toMatchObject({ by: by.id, name: by === ada ? ada.name : 'somebody of the staff' });
      expect(news[0]?.text).toBe(`${created.name} asked to take ${flag} back: ${reason}`);
    }
  });

  it('because somebody disabled its flag says that, without what was done before it', async () => {
    const ground = await withRollout('running');
    await ground.do({ do: 'disable', flag });
    await ground.rollouts.turn(ground.fence);
    const { reason } = await ground.until(({ state: is }) => is === 'completed');
    expect(reason).toBe(`${flag} was disabled.`);
  });

  it('long ago is left alone', async () => {
    const ground = await withRollout('running');
    await ground.rollouts.rollback(flag, { by: grace });
    await ground.rollouts.turn(ground.fence);
    ground.pass(25 * 3_600_000);
    await ground.turn();
    expect(ground.rollbacks.list()).toEqual([]);
  });
});
