/** Tells staff about the state itself: changes that a failover lost, and documents that cannot be read. */
import type { Card, Notice } from '../../alerts/Card.js';
import { asJson } from '../../alerts/noticeSchema.js';
import { changesLost, documentsDamaged } from '../../alerts/wording/stateNews.js';
import { Conflict } from '../../state/errors.js';
import type { CommitRef, LoadedState, Store, StoredDocument } from '../../state/Store.js';
import { commitWithin } from '../commitWithin.js';
import type { LocalDuty } from '../Duty.js';

interface Damaged {
  readonly ns: string;
  readonly key: string;
  readonly problem: string;
}

/** Names of lost commits are kept so long that no process that comes back later tells them again. */
const mostRemembered = 500;

/** Every process may know something that the others do not; `settings:announced` keeps two of them from telling it twice. */
export class StateNews implements LocalDuty {
  public readonly name = 'state-news';
  public readonly where = 'everywhere';
  public readonly everyMs = 5_000;
  private vanished: readonly CommitRef[] = [];
  /** What no program could read as a document. */
  private unreadable: readonly Damaged[] = [];
  /** Names of the damaged documents that were dealt with last; undefined: look again. */
  private told: string | undefined = '';

  /** @param misshapen documents that a room cannot make sense of, as of now */
  public constructor(
    private readonly store: Pick<Store, 'commit' | 'getMany' | 'time'>,
    private readonly misshapen: () => readonly Damaged[] = () => [],
  ) {}

  public reloaded(state: LoadedState, _cause: string, vanished: readonly CommitRef[]): void {
    this.vanished = [...this.vanished, ...vanished];
    this.unreadable = state.damaged;
    this.told = undefined;
  }

  public async turn(): Promise<void> {
    const { vanished, damaged } = this;
    const seen = damaged.map(nameOf).join('\n');
    if (vanished.length === 0 && seen === this.told) return;
    try {
      await this.tell(vanished, damaged);
    } catch (error) {
      // Another process was faster; the next turn sees what it told.
      if (!(error instanceof Conflict)) throw error;
      return;
    }
    this.vanished = this.vanished.slice(vanished.length);
    this.told = seen;
  }

  private get damaged(): readonly Damaged[] {
    return [...new Map([...this.unreadable, ...this.misshapen()].map((one) => [nameOf(one), one])).values()];
  }

  private async tell(vanished: readonly CommitRef[], damaged: readonly Damaged[]): Promise<void> {
    const [document = null] = await this.store.getMany('settings', ['announced']);
    const toldVanished = names(document, 'vanished');
    const toldDamaged = names(document, 'damaged');
    const newlyVanished = vanished.filter(({ id }) => !toldVanished.includes(id));
    const newlyDamaged = damaged.filter((one) => !toldDamaged.includes(nameOf(one)));
    const cards: readonly Card[] = [
      ...(newlyVanished.length > 0 ? [changesLost(newlyVanished)] : []),
      ...(newlyDamaged.length > 0 ? [documentsDamaged(newlyDamaged)] : []),
    ];
    const isMended = toldDamaged.some((name) => !damaged.map(nameOf).includes(name));
    if (cards.length === 0 && !isMended) return;
    await commitWithin(this.store, {
      changes: [
        {
          ns: 'settings',
          key: 'announced',
          expect: document?.v ?? 0,
          next: {
            schema: 1,
            vanished: [...toldVanished, ...newlyVanished.map(({ id }) => id)].slice(-mostRemembered),
            // What was mended may be damaged again, and is news then.
            damaged: damaged.map(nameOf),
          },
        },
      ],
      audit: [],
      outbox: cards.map((card) =>
        asJson({ kind: 'state', to: 'operations', card, pingOnCall: true } satisfies Notice),
      ),
    });
  }
}

function nameOf({ ns, key }: Damaged): string {
  return `${ns}:${key}`;
}

function names(document: StoredDocument | null, field: string): readonly string[] {
  const value = document?.[field];
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];
}
