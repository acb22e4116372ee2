/** Makes changes: one commit each, and a true answer whatever the store does meanwhile. */
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../core/Clock.js';
import type { RandomBytes } from '../../core/ids.js';
import { newId } from '../../core/ids.js';
import { plain } from '../../core/Json.js';
import { RolloutError } from '../../core/RolloutError.js';
import { Conflict, Unavailable } from '../../state/errors.js';
import type { Commit, CommitReceipt, Store } from '../../state/Store.js';
import { ChangedMeanwhile, Frozen, InRollout, NotLoaded, StaleConfirmation, StaleUndo } from '../errors.js';
import type { ChangeRequest } from '../FlagsRoom.js';
import { checkText } from '../names.js';
import { newsOf } from '../news.js';
import { withRequirements } from '../planning/requirements.js';
import type { ChangeOutcome, Proposal, Settled } from '../results.js';
import { freezeKey, version } from '../world.js';
import type { AuditBody } from './AuditBody.js';
import { whatMoved } from './meanwhile.js';
import { movedBasis, prepare, type Prepared, type PrepareOptions } from './prepare.js';
import { type Patience, settle } from '../../state/committing/settle.js';
import type { StoreClock } from '../../state/committing/StoreClock.js';
import { bodyOf } from '../../state/committing/bodyOf.js';
import { answeredWithinMs } from '../../state/committing/Sent.js';
import { settledOf } from './settledOf.js';
import { attempts, stepAside } from '../../state/committing/afterConflict.js';

export interface ChangesOptions extends PrepareOptions, Patience {
  readonly store: Store;
  /** Domain time. */
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly storeClock: StoreClock;
}

/** A change that goes in with another room's documents, or not at all. */
export interface ChangePart extends Pick<Commit, 'changes' | 'audit' | 'outbox'> {
  readonly proposal: Proposal;
  /** To be called once it is in. */
  landed(receipt: CommitReceipt): void;
}

export class Changes {
  public constructor(private readonly options: ChangesOptions) {}

  public async propose(request: ChangeRequest): Promise<Proposal> {
    return (await this.prepare(request, this.options.clock.now())).proposal;
  }

  public async change(request: ChangeRequest): Promise<ChangeOutcome> {
    const now = this.options.clock.now();
    let prepared = await this.prepare(request, now);
    if (request.confirmed !== undefined) await this.checkConfirmed(request.confirmed, prepared.proposal);
    for (let attempt = 1; ; attempt++) {
      const { proposal } = prepared;
      if (prepared.fields.length === 0) return { status: 'unchanged', proposal };
      if (proposal.needsConfirmation && request.confirmed === undefined)
        return { status: 'confirm', proposal };
      const commit = await this.commitOf(prepared);
      try {
        return this.done(prepared, await this.options.store.commit(commit));
      } catch (error) {
        if (error instanceof Unavailable && error.outcome === 'unknown')
          return this.checking(prepared, commit);
        if (!(error instanceof Conflict)) throw error;
        prepared = await this.again(request, prepared, error, now, attempt);
      }
    }
  }

  private async prepare(request: ChangeRequest, now: number, isCounted = true): Promise<Prepared> {
    const { replica, directory } = this.options;
    if (!replica.isLoaded) throw new NotLoaded();
    if (request.reason !== undefined) checkText('The reason', request.reason);
    const { change } = request;
    if ('guild' in change && directory.guild(change.guild) === undefined) {
      // Another process may have joined it a moment ago. Where the store is away, what is known here has to do.
      await directory.refresh().catch(() => undefined);
    }
    return prepare(this.options, request, now, isCounted);
  }

  private async checkConfirmed(seen: Proposal, now: Proposal): Promise<void> {
    const moved = movedBasis(seen, now);
    if (moved.length === 0) return;
    const since = Math.max(...seen.basis.map(({ v }) => v));
    const places = moved.map(({ ns, key }) => ({ ns, key, path: [] }));
    throw new StaleConfirmation(await whatMoved(this.options.store, since, places));
  }

  /** After a conflict: the same change over the newer documents, or a refusal where it would not be the same. */
  private async again(
    request: ChangeRequest,
    before: Prepared,
    conflict: Conflict,
    now: number,
    attempt: number,
  ): Promise<Prepared> {
    const { replica, store } = this.options;
    const { ns, key, current } = conflict;
    const known = before.proposal.basis.find((place) => place.ns === ns && place.key === key)?.v ?? 0;
    replica.adopt(ns, key, current, known + 1);
    const meanwhile = async (cause?: unknown): Promise<ChangedMeanwhile> => {
      const places = before.fields.filter((field) => field.ns === ns && field.key === key);
      return new ChangedMeanwhile(await whatMoved(store, known, places), cause);
    };
    if (attempt >= attempts) throw await meanwhile();
    await stepAside(attempt, this.options);
    const after = await this.prepare(request, now).catch(async (error: unknown) => {
      const saysItself = [Unavailable, StaleUndo, Frozen, InRollout].some((kind) => error instanceof kind);
      throw error instanceof RolloutError && !saysItself ? await meanwhile(error) : error;
    });
    if (after.fields.length > 0 && !isDeepStrictEqual(after.fields, before.fields)) throw await meanwhile();
    return after;
  }

  /** The change as a part of another room's commit. */
  public async part(request: ChangeRequest, isCounted = true): Promise<ChangePart> {
    const prepared = await this.prepare(request, this.options.clock.now(), isCounted);
    return {
      proposal: prepared.proposal,
      ...this.contentsOf(prepared),
      landed: (receipt) => void this.done(prepared, receipt),
    };
  }

  /** A document turned out to be newer than it is known here. */
  public saw({ ns, key, current }: Conflict): void {
    const { replica } = this.options;
    if (ns === 'flags' || ns === 'guilds' || ns === 'cohorts' || ns === 'settings') {
      replica.adopt(ns, key, current, current?.v ?? version(replica, ns, key) + 1);
    }
  }

  private async commitOf(prepared: Prepared): Promise<Commit> {
    const { random, storeClock } = this.options;
    return {
      op: newId(20, random),
      notAfter: (await storeClock.now()) + answeredWithinMs,
      ...this.contentsOf(prepared),
    };
  }

  private contentsOf(prepared: Prepared): Pick<Commit, 'changes' | 'audit' | 'outbox'> {
    const { replica, directory } = this.options;
    const { proposal, fields, writes, flags, after, overridesFreeze } = prepared;
    const { change, by, reason, title, differences, notes } = proposal;
    const audit: AuditBody = {
      kind: 'flags',
      change,
      by,
      title,
      differences,
      fields,
      flags,
      ...(reason !== undefined && { reason }),
      ...(change.do === 'undo' && { undoes: change.entry }),
    };
    const told = {
      change,
      by,
      reason,
      title,
      differences,
      notes,
      fields,
      overridesFreeze,
      before: replica,
      after,
      guilds: directory,
    };
    return {
      changes: [
        ...writes.map(({ ns, key, next }) => ({
          ns,
          key,
          expect: version(replica, ns, key),
          next: next === null ? null : bodyOf(next),
        })),
        ...this.restsOn(prepared),
      ],
      audit: [plain(audit)],
      outbox: newsOf(told),
    };
  }

  /** What must still stand for the change to be right: prerequisites (or two edits could close a circle), a cohort. */
  private restsOn({ fields, writes, after, proposal }: Prepared): Commit['changes'] {
    const { replica } = this.options;
    const flags = fields.filter(
      ({ ns, path }) => ns === 'flags' && (path.length === 0 || path[0] === 'requires'),
    );
    const cohorts = fields.flatMap(({ ns, path, after: use }) =>
      ns === 'flags' && path[0] === 'cohorts' && path[1] !== undefined && use !== null ? [path[1]] : [],
    );
    const places = [
      ...[
        ...withRequirements(
          after,
          flags.map(({ key }) => key),
        ),
      ].map((key) => ({ ns: 'flags' as const, key })),
      ...cohorts.map((key) => ({ ns: 'cohorts' as const, key })),
    ];
    // Whoever widens must not pass a freeze that begins in the same moment.
    const freeze = {
      ns: 'settings',
      key: freezeKey,
      expect: replica.freeze?.v ?? 0,
      next: undefined,
    } as const;
    return [
      ...(proposal.blast.guilds > 0 ? [freeze] : []),
      ...places
        .filter(({ ns, key }) => !writes.some((write) => write.ns === ns && write.key === key))
        .map(({ ns, key }) => ({ ns, key, expect: version(replica, ns, key), next: undefined })),
    ];
  }

  private done({ proposal, writes }: Prepared, receipt: CommitReceipt): ChangeOutcome & { status: 'done' } {
    // True here at once: whoever is told "done" may ask the flag in the next breath.
    for (const { ns, key, next } of writes) {
      const document = next === null ? null : { ...bodyOf(next), v: receipt.seq };
      this.options.replica.adopt(ns, key, document, receipt.seq);
    }
    return { status: 'done', proposal, receipt, entry: `${receipt.seq}-0` };
  }

  private checking(prepared: Prepared, commit: Commit): ChangeOutcome {
    const settled = settle(this.options.store, commit, this.options).then((fate): Settled =>
      fate.fate === 'landed' ? this.done(prepared, fate.receipt) : settledOf(fate, '/feature history'),
    );
    return { status: 'checking', proposal: prepared.proposal, settled };
  }
}
