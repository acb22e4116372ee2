/** Writes runs of smoke tests down: each change is one commit, and nobody waits for a store that is away. */
import type { Clock } from '../../core/Clock.js';
import { newId, type RandomBytes } from '../../core/ids.js';
import type { Json } from '../../core/Json.js';
import { bodyOf } from '../../state/committing/bodyOf.js';
import { commitWithRetry } from '../../state/committing/commitWithRetry.js';
import { TooLate, Unavailable } from '../../state/errors.js';
import type { Commit, DocumentChange, Fence, Store } from '../../state/Store.js';
import { runPrefix, type SmokeRunDocument } from './documents.js';
import { nameOf } from './results.js';

export interface RunCommitsOptions {
  readonly store: Pick<Store, 'commit' | 'getMany' | 'time'>;
  readonly realTime: Clock;
  readonly random: RandomBytes;
  readonly warn: (message: string, cause?: unknown) => void;
}

const withinMs = 1_500;

export const keyOf = ({ id }: Pick<SmokeRunDocument, 'id'>): string => `${runPrefix}${id}`;

export class RunCommits {
  public constructor(private readonly options: RunCommitsOptions) {}

  /**
   * A run that begins, or one that has ended, whoever took it for lost meanwhile.
   *
   * @returns as it stands; undefined where the store is away, or too slow
   */
  public async keep(
    run: SmokeRunDocument,
    title: string,
    outbox: readonly Json[] = [],
  ): Promise<SmokeRunDocument | undefined> {
    const { store, warn } = this.options;
    try {
      const { seq } = await commitWithRetry(store, async () =>
        this.order({ ...run, v: await this.standing(run) }, title, outbox),
      );
      return { ...run, v: seq };
    } catch (error) {
      if (!(error instanceof Unavailable || error instanceof TooLate)) throw error;
      warn('A run of smoke tests could not be written down: the state store is away.', error);
      return undefined;
    }
  }

  /** @throws Conflict where it ended in this moment, Fenced, Unavailable */
  public async lose(lost: SmokeRunDocument, notice: Json, fence: Fence): Promise<void> {
    const order = await this.order(lost, `${nameOf(lost.what)}: lost`, [notice]);
    await this.options.store.commit({ ...order, fence });
  }

  /** @throws Conflict, Fenced, Unavailable */
  public async remove({ key, v }: { readonly key: string; readonly v: number }, fence: Fence): Promise<void> {
    const change = { ns: 'deployments', key, expect: v, next: null } as const;
    await this.options.store.commit({ ...(await this.commitOf(change)), fence });
  }

  /** The store's time, or ours while it is away. */
  public async now(): Promise<number> {
    const { store, realTime } = this.options;
    try {
      return await store.time();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      return realTime.now();
    }
  }

  /** @param run with the version that it is expected to have in the store */
  private async order(run: SmokeRunDocument, title: string, outbox: readonly Json[]): Promise<Commit> {
    const { by, name, reason } = run.created;
    const change = { ns: 'deployments', key: keyOf(run), expect: run.v, next: bodyOf(run) } as const;
    const audit = { kind: 'smoke', title, by: { id: by, name }, ...(reason !== undefined && { reason }) };
    return { ...(await this.commitOf(change)), audit: [audit], outbox };
  }

  private async commitOf(change: DocumentChange): Promise<Commit> {
    const { store, random } = this.options;
    const notAfter = (await store.time()) + withinMs;
    return { op: newId(20, random), notAfter, changes: [change], audit: [], outbox: [] };
  }

  private async standing(run: SmokeRunDocument): Promise<number> {
    if (run.state === 'running') return 0;
    const [document] = await this.options.store.getMany('deployments', [keyOf(run)]);
    return document?.v ?? 0;
  }
}
