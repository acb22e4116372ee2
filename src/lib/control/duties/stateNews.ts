/** Tells staff of changes that a failover lost. */
import type { Notice } from '../../alerts/Card.js';
import { asJson } from '../../alerts/noticeSchema.js';
import { changesLost } from '../../alerts/wording/stateNews.js';
import { Conflict } from '../../state/errors.js';
import type { CommitRef, LoadedState, Store, StoredDocument } from '../../state/Store.js';
import { commitWithin } from '../commitWithin.js';
import type { LocalDuty } from '../Duty.js';

/** Names of lost commits are kept so long that no process that comes back later tells them again. */
const mostRemembered = 500;

/** Every process may know something that the others do not; `settings:announced` keeps two of them from telling it twice. */
export class StateNews implements LocalDuty {
  public readonly name = 'state-news';
  public readonly where = 'everywhere';
  public readonly everyMs = 5_000;
  private vanished: readonly CommitRef[] = [];

  public constructor(private readonly store: Pick<Store, 'commit' | 'getMany' | 'time'>) {}

  public reloaded(_state: LoadedState, _cause: string, vanished: readonly CommitRef[]): void {
    this.vanished = [...this.vanished, ...vanished];
  }

  public async turn(): Promise<void> {
    const { vanished } = this;
    if (vanished.length === 0) return;
    try {
      await this.tell(vanished);
    } catch (error) {
      // Another process was faster; the next turn sees what it told.
      if (!(error instanceof Conflict)) throw error;
      return;
    }
    this.vanished = this.vanished.slice(vanished.length);
  }

  private async tell(vanished: readonly CommitRef[]): Promise<void> {
    const [document = null] = await this.store.getMany('settings', ['announced']);
    const told = names(document);
    const fresh = vanished.filter(({ id }) => !told.includes(id));
    if (fresh.length === 0) return;
    const next = {
      schema: 1,
      vanished: [...told, ...fresh.map(({ id }) => id)].slice(-mostRemembered),
    };
    const notice: Notice = { kind: 'state', to: 'operations', card: changesLost(fresh), pingOnCall: true };
    await commitWithin(this.store, {
      changes: [{ ns: 'settings', key: 'announced', expect: document?.v ?? 0, next }],
      audit: [],
      outbox: [asJson(notice)],
    });
  }
}

function names(document: StoredDocument | null): readonly string[] {
  const value = document?.['vanished'];
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];
}
