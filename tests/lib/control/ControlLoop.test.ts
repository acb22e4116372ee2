import { beforeEach, describe, expect, it } from 'vitest';
import { ControlLoop } from '../../../src/lib/control/ControlLoop.js';
import type { Duty, LeaderDuty } from '../../../src/lib/control/Duty.js';
import { followEach } from '../../../src/lib/control/followEach.js';
import { Fenced, Unavailable } from '../../../src/lib/state/errors.js';
import type { Fence, LoadedState } from '../../../src/lib/state/Store.js';
import { ListLogger } from '../alerts/dispatch/house.js';
import { FakeLease } from './FakeLease.js';
import { ManualTimers, settled } from './ManualTimers.js';

let timers: ManualTimers;
let lease: FakeLease;
let logger: ListLogger;
beforeEach(() => {
  timers = new ManualTimers();
  lease = new FakeLease();
  logger = new ListLogger();
});

function loop(...duties: Duty[]): ControlLoop {
  return new ControlLoop({ store: lease, owner: 'one', duties, clock: timers, timers, logger });
}

/** A duty of the leader that notes its turns. */
function noting(turns: Fence[], more: Partial<LeaderDuty> = {}): LeaderDuty {
  return {
    name: 'note',
    where: 'leader',
    everyMs: 1_000,
    turn: async (fence) => void turns.push(fence),
    ...more,
  };
}

describe('leading', () => {
  it("begins the leader's duties with the token, and ends them when the lease is lost", async () => {
    const turns: Fence[] = [];
    const control = loop(noting(turns));
    control.start();
    await timers.pass(5_000);
    expect(turns).toEqual([]);
    const fence = lease.give();
    await timers.pass(0);
    expect(turns).toEqual([fence]);
    expect(control.status).toMatchObject({ isLeading: true, leadingSince: timers.now() });
    await timers.pass(2_000);
    expect(turns).toHaveLength(3);
    lease.take();
    await timers.pass(10_000);
    expect(turns).toHaveLength(3);
    expect(control.status.isLeading).toBe(false);
  });

  it('leaves leading to others where it is asked to, and queues up again after a while', async () => {
    const turns: Fence[] = [];
    const control = loop(noting(turns));
    control.start();
    control.standBack();
    expect(lease.isClosed).toBe(false);
    lease.give();
    await timers.pass(0);
    control.standBack();
    await settled();
    expect(lease.isClosed).toBe(true);
    expect(control.status.isLeading).toBe(false);
    lease.options = undefined;
    await timers.pass(14_000);
    expect(turns).toHaveLength(1);
    expect(lease.options).toBeUndefined();
    await timers.pass(2_000);
    expect(lease.options).toBeDefined();
    await control.stop();
  });

  it('duties of every process have their turns without the lease', async () => {
    let turns = 0;
    const control = loop({
      name: 'local',
      where: 'everywhere',
      everyMs: 1_000,
      turn: async () => void (turns += 1),
    });
    control.start();
    await timers.pass(3_000);
    expect(turns).toBe(4);
    await control.stop();
  });

  it('a turn that meets a newer token ends the leadership at once', async () => {
    const turns: Fence[] = [];
    const control = loop(
      noting(turns),
      noting([], {
        name: 'fenced',
        turn: async () => {
          throw new Fenced('Another leads.');
        },
      }),
    );
    control.start();
    lease.give();
    await timers.pass(5_000);
    expect(turns).toHaveLength(1);
    expect(control.status.isLeading).toBe(false);
    expect(logger.with('error')).toEqual([]);
  });

  it('queues up for the lease until the store is there', async () => {
    lease.faults = [new Unavailable('away', 'none'), new Unavailable('away', 'none')];
    const turns: Fence[] = [];
    const control = loop(noting(turns));
    control.start();
    await timers.pass(2_500);
    lease.give();
    await timers.pass(0);
    expect(turns).toHaveLength(1);
    await control.stop();
  });

  it('a leadership that follows at once begins after the one before has come to rest', async () => {
    const events: string[] = [];
    let release = (): void => undefined;
    const control = loop(
      noting([], {
        turn: async ({ token }) => void events.push(`turn ${token}`),
        rest: () =>
          new Promise((resolve) => {
            release = () => {
              events.push('rested');
              resolve();
            };
          }),
      }),
    );
    control.start();
    lease.give();
    await timers.pass(0);
    lease.take();
    lease.give();
    await timers.pass(5_000);
    expect(events).toEqual(['turn 1']);
    release();
    await timers.pass(0);
    expect(events).toEqual(['turn 1', 'rested', 'turn 2']);
  });
});

describe('turns', () => {
  it('a duty that throws has its next turn all the same, and stops no other', async () => {
    const turns: Fence[] = [];
    const control = loop(
      noting([], {
        name: 'broken',
        turn: async () => {
          throw new Error('boom');
        },
      }),
      noting(turns),
    );
    control.start();
    lease.give();
    await timers.pass(2_000);
    expect(turns).toHaveLength(3);
    expect(control.status.duties[0]).toMatchObject({ turns: 3, failures: 3, lastError: 'boom' });
    expect(control.status.duties[1]).toMatchObject({ turns: 3, failures: 0, lastError: undefined });
  });

  it('one trouble of a duty is logged once with its name, the next one too, and its end', async () => {
    const troubles = ['away', 'away', 'away', 'broken', undefined];
    const control = loop(
      noting([], {
        turn: async () => {
          const trouble = troubles.shift();
          if (trouble !== undefined) throw new Error(trouble);
        },
      }),
    );
    control.start();
    lease.give();
    await timers.pass(6_000);
    const lines = logger.with('"note"');
    expect(lines).toEqual([
      expect.stringMatching(/^error .*"note" failed.*away/),
      expect.stringMatching(/^error .*"note" failed.*broken/),
      expect.stringMatching(/^info .*"note" works again/),
    ]);
  });

  it('a duty that failed is tried again after 1, 2, 4 seconds, and never later than its own turn', async () => {
    const turns: number[] = [];
    let isBroken = true;
    const control = loop(
      noting([], {
        everyMs: 6_000,
        turn: async () => {
          turns.push(timers.now());
          if (isBroken) throw new Error('boom');
        },
      }),
    );
    control.start();
    lease.give();
    await timers.pass(0);
    const begun = timers.now();
    await timers.pass(14_000);
    isBroken = false;
    await timers.pass(17_000);
    expect(turns.map((at) => at - begun)).toEqual([0, 1_000, 3_000, 7_000, 13_000, 19_000, 25_000, 31_000]);
  });

  it('a duty that asks for an earlier turn has it, and never a later one than its own', async () => {
    const turns: number[] = [];
    const wishes = [100, 5_000, 5_000];
    const control = loop(
      noting([], {
        turn: async () => {
          turns.push(timers.now());
          return wishes[turns.length - 1];
        },
      }),
    );
    control.start();
    lease.give();
    await timers.pass(1_100);
    expect(turns.map((at) => at - (turns[0] ?? 0))).toEqual([0, 100, 1_100]);
    await control.stop();
  });

  it('one duty never has two turns at a time; what wakes it meanwhile is one more turn', async () => {
    let active = 0;
    let most = 0;
    let turns = 0;
    let release = (): void => undefined;
    const control = loop(
      noting([], {
        wokenByCommits: true,
        turn: async () => {
          most = Math.max(most, (active += 1));
          turns += 1;
          await new Promise<void>((resolve) => (release = resolve));
          active -= 1;
        },
      }),
    );
    control.start();
    lease.give();
    await settled();
    for (let commit = 0; commit < 5; commit += 1) control.commits();
    control.wake('note');
    expect(turns).toBe(1);
    expect(control.status.duties[0]?.busySince).toBe(timers.now());
    release();
    await settled();
    expect([turns, most]).toEqual([2, 1]);
    release();
    await settled();
    expect(turns).toBe(2);
  });

  it('a commit wakes only the duties that wait for commits', async () => {
    const woken: Fence[] = [];
    const timed: Fence[] = [];
    const control = loop(noting(woken, { wokenByCommits: true }), noting(timed, { name: 'timed' }));
    control.start();
    lease.give();
    await timers.pass(0);
    control.commits();
    await timers.pass(0);
    expect([woken.length, timed.length]).toEqual([2, 1]);
  });

  it('a reload is told to the duties before it wakes them', async () => {
    const events: string[] = [];
    const control = loop(
      noting([], {
        reloaded: (_state, cause, vanished) => void events.push(`${cause} ${vanished.length}`),
        turn: async () => void events.push('turn'),
      }),
    );
    control.start();
    lease.give();
    await timers.pass(0);
    control.reload({} as LoadedState, 'lineage', [{ seq: 7, id: 'ABCD' }]);
    await timers.pass(0);
    expect(events).toEqual(['turn', 'lineage 1', 'turn']);
  });

  it('the store coming back wakes every duty', async () => {
    const turns: Fence[] = [];
    const control = loop(noting(turns));
    control.start();
    lease.give();
    await timers.pass(0);
    control.reachable(false);
    await timers.pass(0);
    expect(turns).toHaveLength(1);
    control.reachable(true);
    await timers.pass(0);
    expect(turns).toHaveLength(2);
  });
});

describe('stopping', () => {
  it('hands the lease over after the duties have come to rest, and leaves no timer', async () => {
    const events: string[] = [];
    let release = (): void => undefined;
    const control = loop(
      noting([], {
        turn: () => new Promise((resolve) => (release = resolve)),
        rest: async () => void events.push(`rest, lease closed: ${lease.isClosed}`),
      }),
    );
    control.start();
    lease.give();
    await settled();
    const stopped = control.stop().then(() => events.push('stopped'));
    await settled();
    expect(events).toEqual([]);
    release();
    await stopped;
    expect(events).toEqual(['rest, lease closed: false', 'stopped']);
    expect(lease.isClosed).toBe(true);
    expect(timers.pending).toBe(0);
    expect(control.status.isLeading).toBe(false);
  });

  it('waits for a stuck duty only so long, and names it', async () => {
    const control = loop(noting([], { name: 'stuck', turn: () => new Promise(() => undefined) }));
    control.start();
    lease.give();
    await settled();
    const stopped = control.stop();
    await timers.pass(5_000);
    await stopped;
    expect(lease.isClosed).toBe(true);
    expect(logger.with('stuck')).toHaveLength(1);
  });

  it('a lease that comes after the stop is not used', async () => {
    const turns: Fence[] = [];
    const control = loop(noting(turns));
    control.start();
    await control.stop();
    await control.stop();
    lease.give();
    await timers.pass(5_000);
    expect(turns).toEqual([]);
  });
});

it('several followers hear the same, in their order', () => {
  const heard: string[] = [];
  const follower = (name: string): Parameters<typeof followEach>[0][number] => ({
    commits: () => void heard.push(`${name} commits`),
    reload: (_state, cause) => void heard.push(`${name} ${cause}`),
    reachable: (isReachable) => void heard.push(`${name} ${isReachable}`),
  });
  const both = followEach([follower('a'), follower('b')]);
  both.commits([]);
  both.reload({} as LoadedState, 'gap', []);
  both.reachable(true);
  expect(heard).toEqual(['a commits', 'b commits', 'a gap', 'b gap', 'a true', 'b true']);
});
