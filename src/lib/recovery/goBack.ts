/** Takes the state back to a snapshot: looks at what would change, keeps what there is, and replaces it in one commit. */
import { recovered } from '../alerts/wording/recovery.js';
import { asJson } from '../alerts/noticeSchema.js';
import { RolloutError } from '../core/RolloutError.js';
import type { Actor } from '../flags/changes.js';
import { Moved } from '../state/errors.js';
import type { CommitRef, Snapshot, Store } from '../state/Store.js';
import { compare } from './compare/compare.js';
import type { Comparison } from './compare/Comparison.js';
import { comparisonSummary } from './compare/lines.js';
import { sideOfSnapshot, sideOfState } from './compare/sides.js';
import { CannotKeep } from './errors.js';
import { documentsAfter, isOfThisState, killedSince, thrownSwitch } from './whatGoesBack.js';
import type { RecoveryOutcome } from './RecoveryRoom.js';

/** What would be written, and how that differs from what stands there. */
export interface Way {
  /** The snapshot with the documents as they will stand. */
  readonly snapshot: Snapshot;
  /** The snapshot as it was taken. */
  readonly taken: Snapshot;
  /** The commit at which the state was looked at. */
  readonly at: CommitRef;
  readonly comparison: Comparison;
  readonly isSameState: boolean;
  /** Everything is off by the switch, and stays so. */
  readonly staysOff: boolean;
  /** Flags that are killed now and would be let go of. */
  readonly letGo: readonly string[];
  /** Flags whose rollback is under way. */
  readonly rollingBack: readonly string[];
}

/** What is said of it in audit and notice. */
export interface GoingBackOrder {
  /** Makes a second press of the same harmless. */
  readonly op: string;
  /** As people know the snapshot. */
  readonly name: string;
  readonly sha256: string;
  readonly by: Actor;
  readonly reason: string;
  readonly agreed?: Actor;
  readonly isBreakGlass?: boolean;
}

export type GoingBackStore = Pick<Store, 'load' | 'audit' | 'restore'>;

export async function wayTo(store: GoingBackStore, snapshot: Snapshot, name: string): Promise<Way> {
  const isSameState = await isOfThisState(store, snapshot);
  const now = await store.load();
  const documents = documentsAfter(snapshot, now, isSameState);
  const comparison = await compare(
    sideOfState(now),
    sideOfSnapshot({ head: snapshot.head, documents }, name),
  );
  const rollingBack = [...now.documents.rollbacks.values()]
    .filter(({ state }) => typeof state === 'string' && underWay.has(state))
    .map(({ flag }) => (typeof flag === 'string' ? flag : 'everything'));
  return {
    ...{ snapshot: { ...snapshot, documents }, taken: snapshot, at: now.head },
    ...{ comparison, isSameState, rollingBack },
    staysOff: thrownSwitch(now) !== undefined,
    letGo: killedSince(snapshot, now),
  };
}

/** States of a rollback in which it still changes flags. */
const underWay: ReadonlySet<string> = new Set(['running', 'paused', 'returning']);

/** How often it is looked at anew, where others write all the while. */
const attempts = 20;

/**
 * @param keep keeps what there is now; answers under which name
 * @param check throws where it must not be done, of the way as it is in that moment
 * @throws {CannotKeep} where that fails: nothing was changed then. {@link Unavailable}, Moved, and what `check` throws
 */
export async function goBack(
  store: GoingBackStore,
  { taken }: Pick<Way, 'taken'>,
  order: GoingBackOrder,
  keep: () => Promise<string>,
  check: (way: Way) => void = () => undefined,
): Promise<RecoveryOutcome> {
  const kept = await keep().catch((cause: unknown) => {
    if (!(cause instanceof RolloutError)) throw cause;
    throw new CannotKeep(`Nothing was changed: what is there now could not be kept. ${cause.message}`, {
      next: cause.next ?? 'Make that possible first.',
      cause,
    });
  });
  for (let attempt = 1; ; attempt++) {
    // Keeping it took its time: what happened meanwhile, a rollback say, stays as well.
    const way = await wayTo(store, taken, order.name);
    check(way);
    try {
      return await replace(store, way, order, kept);
    } catch (error) {
      if (!(error instanceof Moved) || attempt >= attempts) throw error;
    }
  }
}

async function replace(
  store: GoingBackStore,
  { snapshot, comparison, at, staysOff }: Way,
  { op, name, sha256, by, reason, agreed, isBreakGlass = false }: GoingBackOrder,
  kept: string,
): Promise<RecoveryOutcome> {
  const facts = { by, reason, snapshot: name, changes: comparisonSummary(comparison) };
  const { seq } = await store.restore(snapshot, {
    op,
    base: { seq: at.seq, id: at.id },
    audit: [
      {
        kind: 'recovery',
        title: `Go back to the snapshot ${name}`,
        by: { id: by.id, name: by.name },
        reason,
        ...{ snapshot: name, sha256, seq: snapshot.head.seq, kept, isBreakGlass },
        ...(agreed !== undefined && { agreed: { id: agreed.id, name: agreed.name } }),
        changes: facts.changes,
      },
    ],
    outbox: [
      asJson({
        kind: 'recovery',
        to: 'operations',
        card: recovered({ ...facts, agreed, isBreakGlass, kept, staysOff }),
        pingOnCall: isBreakGlass,
      }),
    ],
  });
  return { status: 'done', snapshot: name, seq, kept, comparison };
}
