/**
 * Damaged documents: told to staff once, kept for ever, and put back by a person. What nobody needs to have turned off is set
 * aside at once, so that its key is free again.
 */
import { createHash } from 'node:crypto';
import { asJson } from '../../alerts/noticeSchema.js';
import { documentDamaged, documentPutBack, documentsDamaged } from '../../alerts/wording/recovery.js';
import { newId } from '../../core/ids.js';
import type { Clock } from '../../core/Clock.js';
import { stateMigrations } from '../../deployments/migrations/state/migrations.js';
import { newestSchema } from '../../deployments/migrations/state/newestSchema.js';
import type { StateMigration } from '../../deployments/migrations/state/StateMigration.js';
import type { Actor } from '../../flags/changes.js';
import { open, Unreadable } from '../../state/envelope.js';
import { Conflict, Damaged } from '../../state/errors.js';
import type { Commit, DocumentChange, Fence, LoadedState, Namespace, Store } from '../../state/Store.js';
import { CannotPutBack, UnknownDamage } from '../errors.js';
import { setAsidePrefix, type SetAside } from './documents.js';
import { mayBeAbsent, problemOf } from './isWhole.js';
import { lastGoodOf, type LastGoodSources } from './lastGood.js';
import { readSetAside } from './readSetAside.js';
import { plain } from '../../core/Json.js';
import { bodyOf } from '../../state/committing/bodyOf.js';

export interface Finding {
  readonly ns: string;
  readonly key: string;
  readonly problem: string;
}

export interface DamageOptions {
  readonly store: Pick<Store, 'commit' | 'getMany' | 'raw' | 'load' | 'time' | 'audit'>;
  readonly folder: LastGoodSources['folder'];
  readonly domainTime: Clock;
  /** Documents that a room of this process cannot make sense of, as of now. */
  readonly misshapen: () => readonly Finding[];
  /** Those of this release. @default {@link stateMigrations} */
  readonly migrations?: readonly StateMigration[];
}

/** What stands at a damaged document's place. */
interface Found {
  readonly id: string;
  readonly ns: Namespace;
  readonly key: string;
  readonly problem: string;
  readonly raw: string;
  /** How a commit names what stands there. */
  readonly expect: Pick<DocumentChange, 'expect' | 'damaged'>;
}

interface Fresh extends Found {
  /** Version of the document that told of the same damage before; 0 = none. */
  readonly toldAt: number;
}

/** Above this many at once, they are one message. */
const mostMessages = 5;
const withinMs = 1_500;

export class Damage {
  /** Told by a load or a check, to be looked at in the next turn. */
  private readonly findings = new Map<string, Finding>();

  public constructor(private readonly options: DamageOptions) {}

  /** Everything was loaded anew. */
  public reloaded(state: LoadedState): void {
    this.report(state.damaged);
  }

  /** What a check of the whole state found. */
  public report(findings: readonly Finding[]): void {
    for (const finding of findings) this.findings.set(`${finding.ns}:${finding.key}`, finding);
  }

  /** Deals with what was found since, each in one commit under the lease's fence. Throws Unavailable, Fenced. */
  public async turn(fence: Fence): Promise<void> {
    const wanted = new Map([
      ...this.findings,
      ...this.options.misshapen().map((one) => [`${one.ns}:${one.key}`, one] as const),
    ]);
    if (wanted.size === 0) return;
    const fresh: Fresh[] = [];
    for (const finding of wanted.values()) {
      const found = await this.look(finding);
      if (found === undefined) continue;
      const [told = null] = await this.options.store.getMany('settings', [setAsidePrefix + found.id]);
      // The same damage once more, after it was mended, is news.
      const isTold = told !== null && readSetAside(told)?.state === 'left';
      if (!isTold) fresh.push({ ...found, toldAt: told?.v ?? 0 });
    }
    await this.tell(fresh, fence);
    // Only now: what could not be written is looked at again.
    for (const name of wanted.keys()) this.findings.delete(name);
  }

  /** Those that nobody has dealt with, newest first. */
  public async open(): Promise<readonly SetAside[]> {
    const { documents } = await this.options.store.load();
    return [...documents.settings]
      .flatMap(([key, document]) => (key.startsWith(setAsidePrefix) ? [readSetAside(document)] : []))
      .filter((one): one is SetAside => one !== undefined && one.state !== 'mended')
      .sort((a, b) => b.at - a.at);
  }

  /** Puts the last good version back: only where nothing else has taken its place. */
  public async putBack(id: string, by: Actor): Promise<SetAside> {
    const { store } = this.options;
    const [document = null] = await store.getMany('settings', [setAsidePrefix + id]);
    const aside = document === null ? undefined : readSetAside(document);
    if (document === null || aside === undefined) throw new UnknownDamage(id);
    const { ns, key, lastGood } = aside;
    const name = `${ns}:${key}`;
    if (aside.state === 'mended') throw new CannotPutBack(`${name} was put back already.`);
    if (lastGood === null) {
      throw new CannotPutBack(`No version of ${name} that was whole is known.`, {
        next: 'Set it up anew, or go back to an older snapshot that holds it.',
      });
    }
    const mended: SetAside = { ...aside, state: 'mended' };
    try {
      await store.commit({
        op: newId(),
        notAfter: (await store.time()) + withinMs,
        changes: [
          { ns, key, ...(await this.placeOf(aside)), next: lastGood.body },
          { ns: 'settings', key: setAsidePrefix + id, expect: document.v, next: bodyOf(mended) },
        ],
        audit: [
          {
            kind: 'damage',
            title: `Put ${name} back, from ${lastGood.from}`,
            by: { id: by.id, name: by.name },
            field: {
              ns,
              key,
              path: [],
              before: null,
              after: plain(lastGood.body),
            },
          },
        ],
        outbox: [
          asJson({ kind: 'damage', to: 'operations', card: documentPutBack(by, name, lastGood.from) }),
        ],
      });
    } catch (cause) {
      if (!(cause instanceof Conflict) && !(cause instanceof Damaged)) throw cause;
      throw new CannotPutBack(`Something else stands at ${name} by now, so nothing was changed.`, {
        next: 'Look at it as it is now.',
        cause,
      });
    }
    return mended;
  }

  private async placeOf({
    ns,
    key,
    state,
    raw,
  }: SetAside): Promise<Pick<DocumentChange, 'expect' | 'damaged'>> {
    if (state === 'aside') return { expect: 0 };
    const [now, document] = [await this.options.store.raw(ns, key), open(raw)];
    return document instanceof Unreadable
      ? { expect: 0, ...(now !== null && { damaged: raw }) }
      : { expect: document.v };
  }

  /** Undefined where nothing is wrong (any more). */
  private async look({ ns: named, key, problem }: Finding): Promise<Found | undefined> {
    const ns = named as Namespace;
    const raw = await this.options.store.raw(ns, key);
    if (raw === null) {
      await this.unlist(ns, key);
      return undefined;
    }
    const document = open(raw);
    const own = newestSchema(this.options.migrations ?? stateMigrations, ns, key);
    // Of another release's form, which is no damage: it is moved, or left to that release.
    if (!(document instanceof Unreadable) && document.schema !== own) return undefined;
    const wrong = document instanceof Unreadable ? document.problem : problemOf(ns, key, document);
    if (wrong === undefined) return undefined;
    const id = createHash('sha256').update(`${ns}:${key}:${raw}`).digest('hex').slice(0, 12);
    const expect = document instanceof Unreadable ? { expect: 0, damaged: raw } : { expect: document.v };
    return { id, ns, key, problem: problem === '' ? wrong : problem, raw, expect };
  }

  private async tell(found: readonly Fresh[], fence: Fence): Promise<void> {
    const { store, folder, domainTime } = this.options;
    const isMany = found.length > mostMessages;
    let areTold = false;
    for (const { id, ns, key, problem, raw, expect, toldAt } of found) {
      const isAside = mayBeAbsent(ns, key);
      const lastGood = await lastGoodOf({ folder, audit: store.audit }, ns, key);
      const aside: SetAside = {
        ...{ schema: 1, id, ns, key, problem, raw, lastGood },
        ...{ state: isAside ? 'aside' : 'left', at: domainTime.now() },
      };
      const fact = { ns, key, problem, lastGood: lastGood?.from };
      const together = areTold
        ? []
        : [documentsDamaged(found.map((one) => ({ ...one, lastGood: undefined })))];
      const cards = isMany ? together : [documentDamaged(fact, id, isAside)];
      // Where somebody was faster with this one, the next of them tells of all.
      const isWritten = await this.once({
        op: newId(),
        notAfter: (await store.time()) + withinMs,
        fence,
        changes: [
          { ns: 'settings', key: setAsidePrefix + id, expect: toldAt, next: bodyOf(aside) },
          ...(isAside ? [{ ns, key, ...expect, next: null }] : []),
        ],
        audit: [{ kind: 'damage', title: `${ns}:${key} is damaged: ${problem}`, id, isAside }],
        outbox: cards.map((card) => asJson({ kind: 'damage', to: 'operations', card, pingOnCall: true })),
      });
      areTold ||= isWritten;
    }
  }

  /** A name without a document (Redis): where nothing stands there indeed, the name goes, too. */
  private async unlist(ns: Namespace, key: string): Promise<void> {
    const { store } = this.options;
    await this.once({
      op: newId(),
      notAfter: (await store.time()) + withinMs,
      changes: [{ ns, key, expect: 0, next: null }],
      audit: [],
      outbox: [],
    });
  }

  /** Where someone wrote there meanwhile, whoever follows them sees what; it is looked at again when it is found again. */
  private async once(commit: Commit): Promise<boolean> {
    try {
      await this.options.store.commit(commit);
      return true;
    } catch (error) {
      if (!(error instanceof Conflict) && !(error instanceof Damaged)) throw error;
      return false;
    }
  }
}
