/** The monitor after deployments, with its ports filled by the rooms of rollouts and rollbacks. */
import type { DeploymentsFile } from './deployments/file/DeploymentsFile.js';
import type { RecordsForMonitor } from './deployments/monitor/looking.js';
import { Monitor } from './deployments/monitor/Monitor.js';
import type { Acting, Arms, RolloutUnderWay } from './deployments/monitor/ports.js';
import type { Actor } from './flags/changes.js';
import type { RollbackOutcome, RollbacksRoom } from './rollbacks/RollbacksRoom.js';
import type { RolloutStatus } from './rollouts/RolloutStatus.js';
import type { RolloutsRoom } from './rollouts/RolloutsRoom.js';
import { Unavailable } from './state/errors.js';
import type { Store } from './state/Store.js';

export interface MonitorRooms {
  readonly store: Pick<Store, 'time'>;
  readonly records: RecordsForMonitor;
  readonly rollouts: Pick<RolloutsRoom, 'status' | 'pause'> & {
    /** Of all rollouts that are under way. */
    readonly documents: Iterable<RolloutUnderWay & { readonly state: string }>;
  };
  readonly rollbacks: Pick<RollbacksRoom, 'now' | 'gradual'>;
  readonly file: Pick<DeploymentsFile, 'monitor' | 'risk'> & Partial<Pick<DeploymentsFile, 'driver'>>;
  readonly usersChannel?: string | undefined;
}

const by: Actor = { id: 'system:monitor', name: 'The monitor after deployments' };

export function openMonitor(rooms: MonitorRooms): Monitor {
  const { store, records, rollouts, rollbacks, file, usersChannel } = rooms;
  return new Monitor({
    records,
    storeTime: () => store.time(),
    settings: file.monitor,
    policy: file.risk,
    usersChannel,
    hasDriver: file.driver !== undefined,
    arms: armsOf(rollouts),
    acting: actingBy(rollouts, rollbacks),
  });
}

const ends: ReadonlySet<string> = new Set(['completed', 'rolled-back', 'cancelled']);

function armsOf(rollouts: MonitorRooms['rollouts']): Arms {
  const underWay = (ids: readonly string[]) =>
    [...rollouts.documents].filter(({ id, state }) => ids.includes(id) && !ends.has(state));
  return {
    underWay,
    judged: async (ids) => {
      const each = await Promise.all(underWay(ids).map(({ id }) => rollouts.status(id)));
      return each.flatMap(judgedBy);
    },
  };
}

function judgedBy({ flag, guards }: RolloutStatus) {
  return guards.flatMap(({ metric, is, text }) =>
    metric === 'satisfaction'
      ? []
      : [{ flag, metric, isProven: is === 'proven', sentence: `${flag}: ${text}` } as const],
  );
}

function actingBy(rollouts: MonitorRooms['rollouts'], rollbacks: MonitorRooms['rollbacks']): Acting {
  return {
    rollback: async (_deployment, reason) =>
      saying('Everything is rolled back', await rollbacks.now({ by, flag: null, trigger: 'judged', reason })),
    gradual: async (flag, reason) =>
      saying(
        `${flag} is taken back gradually`,
        await rollbacks.gradual({ by, flag, trigger: 'judged', reason }),
      ),
    pause: async (flag, reason) => {
      const outcome = await rollouts.pause(flag, { by, reason });
      if (outcome.status === 'checking' && (await outcome.settled).status !== 'done') throw away();
      return outcome.status === 'unchanged' ? `${flag} is paused already.` : `${flag} is paused.`;
    },
  };
}

async function saying(done: string, outcome: RollbackOutcome): Promise<string> {
  switch (outcome.status) {
    case 'done':
      return `${done}: rollback ${outcome.rollback.id}.`;
    case 'unchanged':
      return `${outcome.why} (rollback ${outcome.rollback.id})`;
    case 'checking':
      if ((await outcome.settled).status !== 'done') throw away();
      return `${done}.`;
    case 'here-only':
      // It is off in this process; the rollbacks room insists, and the next try finds it done.
      throw away();
  }
}

function away(): Unavailable {
  return new Unavailable('The state store did not answer; it is tried again.', 'unknown');
}
