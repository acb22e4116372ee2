import { describe, expect, it } from 'vitest';
import { drillFlag } from '../../../src/lib/rollbacks/Drill.js';
import { ada } from '../flags/room.js';
import { done, Ground, stepsOf } from './ground.js';

const dayMs = 24 * 3_600_000;

describe('a rollback drill', () => {
  it('makes a flag of its own, takes it back, proves it, and only plans what touches processes', async () => {
    const ground = await Ground.open();
    await ground.serve('greeting');
    const begun = done(await ground.rollbacks.drill(ada));
    expect(begun).toMatchObject({
      kind: 'drill',
      flag: drillFlag,
      trigger: 'drill',
      affected: { guilds: 40 },
    });
    const again = await ground.rollbacks.drill(ada);
    expect(again).toMatchObject({ status: 'unchanged', rollback: { id: begun.id } });
    const end = await ground.until(({ state }) => state === 'completed');
    expect(ground.ran).toEqual(['snapshot']);
    expect(stepsOf(end)).toBe(
      'flags done, snapshot done, database skipped, bring-up skipped, hand-over skipped, take-down skipped, proof done',
    );
    expect(end.steps[3]?.detail).toBe('Only planned in a drill. would bring-up');
    expect(end.offAt! - end.pressedAt).toBeGreaterThanOrEqual(0);
    expect(ground.on('greeting')).toBe(40);
    expect(ground.flags.flag(drillFlag)).toMatchObject({ kind: 'ops' });
  });

  it('is operations’ alone, and wakes nobody', async () => {
    const ground = await Ground.open();
    await ground.rollbacks.drill(ada);
    await ground.until(({ state }) => state === 'completed');
    expect((await ground.notices()).map(({ to, pings }) => [to, pings])).toEqual([
      ['operations', false],
      ['operations', false],
    ]);
  });

  it('can be had again with the same flag, even after somebody archived it, and during a freeze', async () => {
    const ground = await Ground.open();
    await ground.rollbacks.drill(ada);
    await ground.until(({ state }) => state === 'completed');
    await ground.do({ do: 'archive', flag: drillFlag });
    await ground.rollouts.freeze.start({ by: ada, reason: 'a launch' });
    const second = done(await ground.rollbacks.drill(ada));
    expect(second.affected.guilds).toBe(40);
    expect(ground.rollbacks.list()).toHaveLength(2);
  });

  it('comes by itself where it is scheduled, and not while something is really rolled back', async () => {
    const ground = await Ground.open({ drillEveryMs: 30 * dayMs });
    await ground.serve('greeting');
    const real = await ground.now_('greeting');
    await ground.turn();
    expect(ground.rollbacks.list()).toHaveLength(1);
    await ground.until(({ state }) => state === 'completed');
    const first = await ground.until(({ kind, state }) => kind === 'drill' && state === 'completed');
    expect(first.pressedAt).toBeGreaterThanOrEqual(real.pressedAt);
    expect(first.created.by).toBe('system:rollbacks');
    ground.pass(29 * dayMs);
    await ground.turn();
    expect(ground.rollbacks.list()).toHaveLength(2);
    ground.pass(dayMs);
    await ground.turn();
    expect(ground.rollbacks.list()).toHaveLength(3);
  });
});
