/**
 * Moves the state's documents to the schemas that a release knows, up or down. One process at a time does it, under a lease;
 * each commit carries the lease's token, so that one which was held up for too long is refused. Every document says its own
 * schema: a process that dies in between leaves some moved and some not, and the next call moves the rest.
 */
import { count } from '../../../core/count.js';
import type { Notice } from '../../../alerts/Card.js';
import { asJson } from '../../../alerts/noticeSchema.js';
import { newId } from '../../../core/ids.js';
import { Conflict } from '../../../state/errors.js';
import type { Fence, Store } from '../../../state/Store.js';
import { AlreadyMigrating, StateMigrationFailed } from '../errors.js';
import { batchesOf } from './batches.js';
import { planMoves, unfaithful, type Move } from './plan.js';
import type { StateMigration } from './StateMigration.js';
import type { KeptState } from './validateState.js';

export const migrationLease = 'state-migration';

export interface StateMigrating {
  readonly migrations: readonly StateMigration[];
  /** The last migration that is to hold; those after it are taken back. */
  readonly target: number;
  /** Takes the snapshot to go back to; asked once, before the first change. @throws {RolloutError} nothing is changed then */
  keep(): Promise<KeptState>;
  /** What people are told in the very commit that ends it; asked once all but that commit have landed. */
  tell?(outcome: StateMigrated): readonly Notice[];
  /** Who asked for it, for the audit. */
  readonly by: { readonly id: string; readonly name: string };
  /** How long a process that died holds others up, ms of real time. @default 15000 */
  readonly leaseMs?: number;
}

export interface StateMigrated {
  readonly documents: number;
  readonly commits: number;
  /** Undefined where nothing had to be moved. */
  readonly kept: string | undefined;
}

type MigratedStore = Pick<Store, 'lease' | 'load' | 'commit' | 'time'>;

/** Other writers may be faster a few times; a document that is always newer is written by something that knows no schema. */
const attempts = 20;
const withinMs = 5_000;

/**
 * @throws {AlreadyMigrating} where another process is at it. {@link StateMigrationFailed} where a document cannot be moved, or
 * not be moved back: nothing was changed. {@link Fenced} where this process was held up and another took over.
 */
export async function migrateState(store: MigratedStore, order: StateMigrating): Promise<StateMigrated> {
  const lease = await store.lease(migrationLease, {
    ...{ owner: order.by.name, ttlMs: order.leaseMs ?? 15_000 },
    onGained: () => undefined,
    onLost: () => undefined,
  });
  try {
    const { fence } = lease;
    if (fence === undefined)
      throw new AlreadyMigrating(
        `${(await lease.holder())?.owner ?? 'Another process'} migrates the state now.`,
        {
          next: 'Wait until it is over. Where that process died, its place is free in a quarter of a minute.',
        },
      );
    return await moveAll(store, order, fence);
  } finally {
    await lease.close();
  }
}

async function moveAll(store: MigratedStore, order: StateMigrating, fence: Fence): Promise<StateMigrated> {
  let [documents, commits, failures] = [0, 0, 0];
  let kept: string | undefined;
  for (;;) {
    const moves = planMoves(order.migrations, await store.load(), order.target);
    if (moves.length === 0) return { documents, commits, kept };
    const [problem] = unfaithful(order.migrations, moves);
    if (problem !== undefined && kept === undefined)
      throw new StateMigrationFailed(`${problem}, so there would be no way back.`, {
        next: 'Nothing was changed. npx rollouts migrate state validate says more.',
      });
    kept ??= (await order.keep()).name;
    try {
      const batches = batchesOf(moves);
      for (const [index, batch] of batches.entries()) {
        const outcome = { documents: documents + batch.length, commits: commits + 1, kept };
        const isLast = index === batches.length - 1;
        await commitBatch(store, order, fence, batch, kept, isLast ? (order.tell?.(outcome) ?? []) : []);
        ({ documents, commits } = outcome);
      }
    } catch (error) {
      failures += 1;
      if (!(error instanceof Conflict) || failures >= attempts) throw error;
    }
  }
}

async function commitBatch(
  store: MigratedStore,
  { by, target }: StateMigrating,
  fence: Fence,
  batch: readonly Move[],
  kept: string,
  notices: readonly Notice[],
): Promise<void> {
  await store.commit({
    op: newId(),
    notAfter: (await store.time()) + withinMs,
    fence,
    changes: batch.map(({ ns, key, v, next }) => ({ ns, key, expect: v, next })),
    audit: [
      {
        kind: 'state-migration',
        title: `Move ${count(batch.length, 'document')} to migration ${target}`,
        by: { id: by.id, name: by.name },
        kept,
        documents: batch.map(
          ({ ns, key, before, next }) => `${ns}:${key} ${before.schema} -> ${next.schema}`,
        ),
      },
    ],
    outbox: notices.map(asJson),
  });
}
