/** A process that dies between any two commits of a deployment's life: whoever goes on comes to the same end. */
import { describe, expect, it } from 'vitest';
import type { Deployments } from '../../../../src/lib/deployments/Deployments.js';
import { DeploymentUnderWay, NothingUnderWay } from '../../../../src/lib/deployments/life/errors.js';
import type { DeploymentMonitor } from '../../../../src/lib/deployments/monitor/Step.js';
import { monitorDefaults } from '../../../../src/lib/deployments/monitor/Settings.js';
import type { Store } from '../../../../src/lib/state/Store.js';
import { deployedAt, MonitorGround, well } from '../monitor/ground.js';
import { ada, announcing, Ground, told } from './ground.js';

class Killed extends Error {}

/** Dies at its nth commit: before it, so that it never happens, or after it, so that nobody hears that it did. */
class Fate {
  public commits = 0;
  private isDead = false;

  public constructor(
    private readonly nth: number,
    private readonly when: 'before' | 'after',
  ) {}

  public readonly wrap = (store: Store): Store =>
    Object.assign(Object.create(store) as Store, {
      commit: async (commit: Parameters<Store['commit']>[0]) => {
        if (this.isDead) throw new Killed();
        this.commits += 1;
        const isLast = this.commits === this.nth;
        if (isLast) this.isDead = true;
        if (isLast && this.when === 'before') throw new Killed();
        const receipt = await store.commit(commit);
        if (isLast) throw new Killed();
        return receipt;
      },
    });

  /** Another process takes its place. */
  public revive(): void {
    this.isDead = false;
  }
}

interface Scenario {
  readonly name: string;
  /** What the guilds do after so many ms of watching. */
  readonly burnsAfterMs: number | null;
  readonly ends: string;
}

const settings = { ...monitorDefaults, forMs: 4 * 60_000 };

/** @returns what people see in the end, and how often an action was asked for */
async function live({ burnsAfterMs }: Scenario, nth: number, when: 'before' | 'after') {
  const fate = new Fate(nth, when);
  const world = new MonitorGround({ settings });
  const monitor: DeploymentMonitor = {
    dueAt: (document) => world.monitor().dueAt(document),
    begin: (document, now) => world.monitor().begin(document, now),
    turn: (document, now) => world.monitor().turn(document, now),
    takenBack: () => [],
    forget: () => Promise.resolve(),
  };
  const ground = await Ground.open({ wrap: fate.wrap, monitor });
  ground.now = deployedAt;
  let room: Deployments = ground.room;
  const burnsAt = burnsAfterMs === null ? Infinity : deployedAt + burnsAfterMs;
  world.traffic = (at) => (at > burnsAt ? { ...well, failures: 3 } : well);

  /** Until it is done, or is so already. */
  const insist = async (act: () => Promise<unknown>): Promise<void> => {
    for (;;) {
      try {
        await act();
        return;
      } catch (error) {
        if (error instanceof DeploymentUnderWay || error instanceof NothingUnderWay) return;
        if (!(error instanceof Killed || String(error).includes('Killed'))) {
          if (!(error instanceof AggregateError)) throw error;
        }
        fate.revive();
        await room.rest();
        room = await ground.process();
        await ground.takeOver();
      }
    }
  };
  await insist(() => room.start({ ...told('1.4.0', 1), delivery: 'hook.1' }));
  await insist(() => room.finish('production', { by: ada }));
  for (let turn = 0; turn < 40 && room.list({ isOpen: true }).length > 0; turn++) {
    await insist(() => ground.turn(room));
    await insist(() => ground.turn(room));
    ground.now += 30_000;
    world.now = ground.now;
  }
  await insist(() => ground.turn(room));
  const { state, news, entered, rollouts, smoke, ended } = room.list()[0]!;
  const seen = {
    ...{ state, news: news.map(({ n, text }) => `${n} ${text}`), steps: Object.keys(entered), rollouts },
    ...{ smoke: smoke?.length, why: ended?.why, deployments: room.list().length },
    notices: (await ground.notices()).map(({ to, title }) => `${String(to)}: ${title}`),
    audit: await ground.audited(),
  };
  return { seen, commits: fate.commits, acts: world.acts };
}

describe.each<Scenario>([
  { name: 'a calm one', burnsAfterMs: null, ends: 'succeeded' },
  { name: 'one that burns', burnsAfterMs: 60_000, ends: 'rolled-back' },
])('$name, killed', (scenario) => {
  it.each(['before', 'after'] as const)(
    '%s any of its commits, ends the same',
    async (when) => {
      const whole = await live(scenario, 0, when);
      expect(whole.seen).toMatchObject({ state: scenario.ends, deployments: 1 });
      expect(whole.commits).toBeGreaterThan(6);
      for (let nth = 1; nth <= whole.commits; nth++) {
        const { seen, acts } = await live(scenario, nth, when);
        expect(seen, `killed ${when} commit ${nth}`).toEqual(whole.seen);
        // Who dies after it acted and before it wrote that down acts again: what is asked for may be asked for twice.
        expect(new Set(acts)).toEqual(new Set(whole.acts));
      }
    },
    120_000,
  );
});

it('the announcement of a person who never heard whether it happened is found by whoever asks again', async () => {
  const fate = new Fate(1, 'after');
  const ground = await Ground.open({ wrap: fate.wrap });
  await expect(ground.room.start(announcing('1.4.0'))).rejects.toThrow(Killed);
  fate.revive();
  const room = await ground.process();
  await expect(room.start(announcing('1.4.0'))).rejects.toThrow(
    '1.4.0 is being deployed to production already',
  );
  expect(room.list()).toHaveLength(1);
});
