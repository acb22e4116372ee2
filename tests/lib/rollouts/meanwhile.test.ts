/** What happens around a rollout while it runs: to its flag, its plan and its guilds. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PlanShelf } from '../../../src/lib/rollouts/plans/PlanShelf.js';
import { guildId } from '../flags/room.js';
import { shortPlan, World, type WorldOptions } from './World.js';

async function running(options: WorldOptions = {}): Promise<World> {
  const world = await World.open({ plan: shortPlan, ...options });
  await world.start(undefined);
  await world.until(({ state }) => state === 'running', 3);
  return world;
}

describe('what people do meanwhile', () => {
  it('a flag that is killed or disabled by hand is a rollback', async () => {
    for (const change of ['kill', 'disable'] as const) {
      const world = await running();
      await world.do({ do: change, flag: 'greeting' });
      await world.units(2);
      expect((await world.document()).state).toBe('rolled-back');
      expect(world.flags.flag('greeting').rollout).toBeNull();
    }
  });

  it('archiving is refused while it runs', async () => {
    const world = await running();
    await expect(world.do({ do: 'archive', flag: 'greeting' })).rejects.toMatchObject({ code: 'IN_ROLLOUT' });
  });

  it('a flag that is archived or gone all the same (a restored snapshot) ends it, and nobody is told of a rollback', async () => {
    for (const archived of [true, false]) {
      const world = await running();
      const [flag = null] = await world.store.getMany('flags', ['greeting']);
      if (flag === null) throw new Error('There is no flag.');
      const { v, ...body } = flag;
      const stamp = { by: '1', at: world.now };
      await world.store.commit({
        ...{
          op: `archived ${archived}`,
          notAfter: (await world.store.time()) + 1_000,
          audit: [],
          outbox: [],
        },
        changes: [
          { ns: 'flags', key: 'greeting', expect: v, next: archived ? { ...body, archived: stamp } : null },
        ],
      });
      await world.until(({ ended }) => ended !== null, 4);
      expect(await world.document()).toMatchObject({ state: 'cancelled', ended: { how: 'cancelled' } });
      const titles = (await world.notices()).map(({ card }) => card.title).join();
      expect(titles).toContain('cancelled');
      expect(titles).not.toContain('rolled back');
    }
  });

  it('a plan whose file was changed, or broken, or deleted: what runs keeps the plan it started with', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plans-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'default.yaml');
    const phases = (first: number) =>
      `rollout_strategy:\n  phases: [{ name: some, percentage: ${first}, duration: 4h }, { name: rest, percentage: 100, duration: 4h }]\n  minimum_exposure: { guilds: 5, commands: 50 }\n  tolerance: 20\n`;
    await writeFile(file, phases(20));
    let shelf = await PlanShelf.open(folder);
    const world = await World.open({ plans: () => shelf });
    await world.start(undefined);
    await world.until(({ state }) => state === 'running', 3);
    const had = world.on();
    for (const text of [phases(60), 'no plan at all: [', undefined]) {
      await (text === undefined ? rm(file) : writeFile(file, text));
      // The bot is started again, and reads what is there now.
      shelf = await PlanShelf.open(folder);
      world.rollouts = world.room();
      await world.store.follow(world.rollouts.follower);
      await world.units(2);
      expect(await world.status()).toMatchObject({ state: 'running', step: 0, plan: 'default' });
      expect(world.on()).toEqual(had);
    }
    expect((await world.status()).steps.map(({ basisPoints }) => basisPoints)).toEqual([2_000, 10_000]);
    await world.until(({ ended }) => ended !== null, 60);
    expect((await world.document()).state).toBe('completed');
  });

  it('guilds that leave or join in mid-phase stop nothing', async () => {
    const world = await running();
    await world.units(4);
    world.guilds = [
      ...world.guilds.slice(10),
      ...Array.from({ length: 10 }, (_, at) => ({ ...world.guilds[0]!, id: guildId(500 + at) })),
    ];
    await world.flags.directory.refresh();
    await world.until(({ ended }) => ended !== null, 60);
    expect((await world.document()).state).toBe('completed');
  });

  it('everything turned off pauses it; released, it goes on by itself', async () => {
    const world = await running();
    await world.do({ do: 'kill-all' });
    await world.unit();
    expect(await world.document()).toMatchObject({ state: 'paused', pause: { endsWith: 'cause' } });
    await world.do({ do: 'unkill-all' });
    await world.unit();
    expect((await world.document()).state).toBe('running');
  });
});
