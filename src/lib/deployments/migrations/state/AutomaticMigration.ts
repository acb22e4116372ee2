/**
 * What the lease holder does about documents of another schema than its own: moves older ones up, after the five checks and
 * a snapshot, and leaves newer ones alone. Whatever stands in its way is told to staff once.
 */
import type { Card } from '../../../alerts/Card.js';
import {
  stateByHand,
  stateIsNewer,
  stateMoved,
  stateNotMoved,
  stateWaits,
} from '../../../alerts/wording/stateMigration.js';
import { asJson } from '../../../alerts/noticeSchema.js';
import type { Clock } from '../../../core/Clock.js';
import { newId } from '../../../core/ids.js';
import { RolloutError } from '../../../core/RolloutError.js';
import { Conflict, Fenced, TooLate, Unavailable } from '../../../state/errors.js';
import type { Fence, LoadedState, Store } from '../../../state/Store.js';
import { AlreadyMigrating } from '../errors.js';
import { checkedKeep } from './checkedKeep.js';
import { migrateState } from './migrateState.js';
import { beyondUs, isOfOneForm } from './newestSchema.js';
import { planMoves, type Move } from './plan.js';
import type { StateMigration } from './StateMigration.js';
import type { KeptState } from './validateState.js';

export interface AutomaticMigrationOptions {
  readonly store: Pick<Store, 'lease' | 'load' | 'commit' | 'time' | 'getMany'>;
  /** Those of this release. */
  readonly migrations: readonly StateMigration[];
  /** False: a person moves them; staff are told that it is due. */
  readonly isAutomatic: boolean;
  /** Names this release to people. */
  readonly release: string;
  /** Writes a snapshot and reads it back. @throws {RolloutError} */
  readonly keep: () => Promise<KeptState>;
  /** Other releases of which a process lives: they could not read what was moved. Throws Unavailable. */
  readonly otherReleases: () => Promise<readonly string[]>;
  readonly realTime: Clock;
}

/** `settings:state-migration`: which trouble staff were told of, so that it is told once. */
const stateMigrationKey = 'state-migration';

interface Trouble {
  /** The same trouble has the same name; undefined: nobody needs to hear of it. */
  readonly name: string | undefined;
  readonly card: Card | undefined;
  readonly isUrgent: boolean;
  readonly againMs: number;
}

const secondMs = 1_000;
const soonMs = 5 * secondMs;
const laterMs = 10 * 60 * secondMs;
/** Where all is well, it is looked at again only because an older process may write while nobody reloads. */
const routineMs = 60 * 60 * secondMs;
const withinMs = 1_500;

export class AutomaticMigration {
  /** Real time. */
  private dueAt = Number.NEGATIVE_INFINITY;

  public constructor(private readonly options: AutomaticMigrationOptions) {}

  /** Everything was loaded anew. */
  public reloaded({ documents }: Pick<LoadedState, 'documents'>): void {
    const { migrations, realTime } = this.options;
    this.dueAt = isOfOneForm(migrations, documents) ? realTime.now() + routineMs : Number.NEGATIVE_INFINITY;
  }

  /** @returns ms of real time until the next look. @throws {Unavailable} {@link Fenced} */
  public async turn(fence: Fence): Promise<number> {
    const { realTime } = this.options;
    const wait = this.dueAt - realTime.now();
    if (wait > 0) return wait;
    const trouble = await this.look();
    if (trouble?.name !== undefined || trouble === undefined) await this.tell(fence, trouble);
    const againMs = trouble?.againMs ?? routineMs;
    this.dueAt = realTime.now() + againMs;
    return againMs;
  }

  /** Undefined where every document is of this release's form now. */
  private async look(): Promise<Trouble | undefined> {
    const { store, migrations, release, isAutomatic, otherReleases } = this.options;
    const state = await store.load();
    const newer = beyondUs(migrations, state);
    if (newer.length > 0) {
      const facts = newer.map(({ ns, key, schema }) => ({ name: `${ns}:${key}`, schema }));
      return urgent('newer', stateIsNewer(release, facts));
    }
    try {
      const moves = planMoves(migrations, state, migrations.length);
      if (moves.length === 0) return undefined;
      if (!isAutomatic) return { ...urgent('by hand', stateByHand(release, moves.length)), againMs: soonMs };
      const others = await otherReleases();
      if (others.length > 0) {
        const card = stateWaits(release, moves.length, others);
        return { name: `waits for ${others.join(', ')}`, card, isUrgent: false, againMs: soonMs };
      }
      await this.move(moves);
      return undefined;
    } catch (error) {
      return troubleOf(error, release);
    }
  }

  private async move(moves: readonly Move[]): Promise<void> {
    const { store, migrations, release, keep, realTime } = this.options;
    const target = migrations.length;
    const titles = migrations
      .filter(({ ns, from }) => moves.some((move) => move.ns === ns && move.before.schema <= from))
      .map(({ title }) => title);
    await migrateState(store, {
      ...{ migrations, target },
      by: { id: 'system:migration', name: `release ${release}` },
      keep: () => checkedKeep({ migrations, target, load: () => store.load(), keep, realTime }),
      tell: ({ documents, kept = 'no file' }) => {
        const card = stateMoved({ release, documents, kept, titles });
        return [{ kind: 'state', to: 'operations', card }];
      },
    });
  }

  /** Once for each trouble; that it is over is told where a migration ends it, or not at all. */
  private async tell(fence: Fence, trouble: Trouble | undefined): Promise<void> {
    const { store } = this.options;
    const [document = null] = await store.getMany('settings', [stateMigrationKey]);
    const told = document?.['told'] ?? null;
    const name = trouble?.name ?? null;
    if (told === name) return;
    await store.commit({
      op: newId(),
      notAfter: (await store.time()) + withinMs,
      fence,
      changes: [
        {
          ...{ ns: 'settings', key: stateMigrationKey, expect: document?.v ?? 0 },
          next: { schema: 1, told: name },
        },
      ],
      audit: [],
      outbox:
        trouble?.card === undefined
          ? []
          : [
              asJson({
                ...{ kind: 'state', to: 'operations', card: trouble.card },
                ...(trouble.isUrgent && { pingOnCall: true }),
              }),
            ],
    });
  }
}

/** @throws what has nothing to do with the documents, or is over by the next look */
function troubleOf(error: unknown, release: string): Trouble {
  // Somebody else is at it; the store refuses whatever else this process would write.
  if (error instanceof AlreadyMigrating || error instanceof Fenced)
    return { name: undefined, card: undefined, isUrgent: false, againMs: soonMs };
  const isPassing = [Unavailable, TooLate, Conflict].some((kind) => error instanceof kind);
  if (isPassing || !(error instanceof RolloutError)) throw error;
  return urgent(error.message.slice(0, 500), stateNotMoved(release, error.message, error.next));
}

function urgent(name: string, card: Card): Trouble {
  return { name, card, isUrgent: true, againMs: laterMs };
}
