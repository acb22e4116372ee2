/** Pings on-call again while nobody is on it: a document and a clock, so that it goes on whatever process dies. */
import { newId } from '../../core/ids.js';
import { RolloutError } from '../../core/RolloutError.js';
import { commitWithRetry } from '../../state/committing/commitWithRetry.js';
import type { CommitReceipt, Fence, OutboxEntry, Store } from '../../state/Store.js';
import type { Notice } from '../Card.js';
import { asJson } from '../noticeSchema.js';
import { reference } from '../reference.js';
import type { AlertSettings } from '../routing/AlertSettings.js';
import { nobodyOnIt, somebodyOnIt, testAlert, testKind } from '../wording/escalation.js';
import { type Who } from '../wording/facts.js';
import { readUrgent, urgentKey, type UrgentRecord, type UrgentRecords, writeUrgent } from './documents.js';

export class AlreadyOnIt extends RolloutError {
  public readonly code = 'ALREADY_ON_IT';
}

export interface UrgentsOptions {
  readonly store: Pick<Store, 'commit' | 'getMany' | 'time'>;
  readonly settings: AlertSettings['escalation'];
  /** False where no role is configured: nobody is pinged then, so nobody is pinged again. */
  readonly hasOnCall: boolean;
}

/** The kind of the notices that ping again. */
const escalationKind = 'escalation';
const withinMs = 1_500;
/** What somebody took, or nobody answered for so long, is history. */
const keptMs = 24 * 3_600_000;

export class Urgents {
  /** What is surely covered, so that a storm of urgent notices is one read. */
  private known: UrgentRecords = new Map();

  public constructor(private readonly options: UrgentsOptions) {}

  /** An urgent notice is about to be sent. Throws what the store throws. */
  public async noted(entry: OutboxEntry, notice: Notice, fence: Fence): Promise<void> {
    const { kind, card, origin, trouble = '' } = notice;
    if (!this.options.hasOnCall || kind === escalationKind) return;
    const { times, everyMs } = this.options.settings;
    if (isCovered(this.known.get(kind), entry.at, times, trouble)) return;
    const named = reference(origin ?? entry);
    await this.change(fence, (records) => {
      const known = records.get(kind);
      if (isCovered(known, entry.at, times, trouble)) return undefined;
      if (known !== undefined && isCovered(known, entry.at, times)) {
        const troubles = [...known.troubles, trouble];
        return { records: new Map(records).set(kind, { ...known, troubles }) };
      }
      const nextAt = entry.at + everyMs;
      const first = { title: card.title.slice(0, 200), reference: named, since: entry.at };
      const record = { ...first, pings: 1, nextAt, troubles: [trouble], taken: null };
      return { records: new Map(records).set(kind, record) };
    });
  }

  /** These troubles are over: what on-call was called for, and nothing else, is not called for again. */
  public async ended(troubles: readonly string[], fence: Fence): Promise<void> {
    if (!this.options.hasOnCall) return;
    const isOver = (trouble: string): boolean => troubles.includes(trouble);
    await this.change(fence, (records) => {
      if (![...records.values()].some((record) => record.troubles.some(isOver))) return undefined;
      const left = [...records].map(
        ([kind, record]) =>
          [kind, { ...record, troubles: record.troubles.filter((one) => !isOver(one)) }] as const,
      );
      return { records: new Map(left.filter(([, record]) => record.troubles.length > 0)) };
    });
  }

  /** Somebody is on it. Throws {@link AlreadyOnIt}. */
  public async take(kind: string, by: Who): Promise<UrgentRecord> {
    const { store } = this.options;
    const now = await store.time();
    let taken: UrgentRecord | undefined;
    await this.change(undefined, (records) => {
      const record = records.get(kind);
      if (record === undefined)
        throw new AlreadyOnIt('Nobody waits for an answer to this any more.', { next: 'Nothing to do.' });
      if (record.taken !== null)
        throw new AlreadyOnIt(`${record.taken.name} is already on it.`, { next: 'Ask them how it goes.' });
      taken = { ...record, taken: { by: by.id, name: by.name, at: now } };
      const card = somebodyOnIt({ kind, ...record }, by);
      return {
        records: new Map(records).set(kind, taken),
        title: `On it: ${record.title}`,
        by,
        notice: { kind: 'on-it', to: 'operations', card },
      };
    });
    if (taken === undefined) throw new TypeError('It was taken, and is not known.');
    return taken;
  }

  /** The same where it may be that nobody waits. @returns false then */
  public async takeIfWaiting(kind: string, by: Who): Promise<boolean> {
    try {
      await this.take(kind, by);
      return true;
    } catch (error) {
      if (error instanceof AlreadyOnIt) return false;
      throw error;
    }
  }

  /** Sends a test alert that calls nobody. @returns the id of its entry in the outbox, and when it was committed */
  public async tryOut(by: Who): Promise<{ readonly entry: string; readonly at: number }> {
    const { store, settings } = this.options;
    const now = await store.time();
    const notice: Notice = { kind: testKind, to: 'operations', card: testAlert() };
    const record = {
      ...{ title: notice.card.title, reference: testKind, since: now },
      ...{ troubles: [''], taken: null },
    };
    const receipt = await this.change(undefined, (records) => ({
      records: new Map(records).set(testKind, { ...record, pings: settings.times, nextAt: now }),
      title: 'Send a test alert',
      by,
      notice,
    }));
    return { entry: `${receipt.seq}-0`, at: now };
  }

  /** Who is on it, if anybody is. */
  public async takenBy(kind: string): Promise<UrgentRecord['taken']> {
    return (await this.read()).records.get(kind)?.taken ?? null;
  }

  /** What the leader does. @returns ms until something is due */
  public async turn(fence: Fence): Promise<number | undefined> {
    const { store, settings } = this.options;
    const now = await store.time();
    const { records } = await this.read();
    this.known = records;
    for (const [kind, record] of records) {
      if (now - record.since > keptMs) await this.drop(kind, fence);
      else if (isWaiting(record, settings.times) && record.nextAt <= now)
        await this.pingAgain(kind, now, fence);
    }
    const due = [...this.known.values()].filter((record) => isWaiting(record, settings.times));
    return due.length === 0 ? undefined : Math.max(0, Math.min(...due.map(({ nextAt }) => nextAt)) - now);
  }

  private async pingAgain(kind: string, now: number, fence: Fence): Promise<void> {
    const { times, everyMs } = this.options.settings;
    await this.change(fence, (records) => {
      const record = records.get(kind);
      if (record === undefined || !isWaiting(record, times) || record.nextAt > now) return undefined;
      const pings = record.pings + 1;
      const card = nobodyOnIt({ kind, ...record }, pings, times);
      return {
        records: new Map(records).set(kind, { ...record, pings, nextAt: now + everyMs }),
        notice: { kind: escalationKind, to: 'operations', card, pingOnCall: true },
      };
    });
  }

  private async drop(kind: string, fence: Fence): Promise<void> {
    await this.change(fence, (records) => {
      const kept = new Map(records);
      return kept.delete(kind) ? { records: kept } : undefined;
    });
  }

  private async read(): Promise<{ readonly version: number; readonly records: UrgentRecords }> {
    const [document = null] = await this.options.store.getMany('settings', [urgentKey]);
    return { version: document?.v ?? 0, records: readUrgent(document) };
  }

  private async change(
    fence: Fence | undefined,
    decide: (records: UrgentRecords) => Decided | undefined,
  ): Promise<CommitReceipt> {
    const { store } = this.options;
    return commitWithRetry(store, async () => {
      const { version, records } = await this.read();
      const decided = decide(records);
      this.known = decided?.records ?? records;
      const { title, by, notice } = decided ?? {};
      return {
        op: newId(),
        notAfter: (await store.time()) + withinMs,
        ...(fence && { fence }),
        changes: [
          {
            ...({ ns: 'settings', key: urgentKey, expect: version } as const),
            next: decided === undefined ? undefined : writeUrgent(decided.records),
          },
        ],
        audit: title === undefined || by === undefined ? [] : [{ kind: 'on-it', title, by: { ...by } }],
        outbox: notice === undefined ? [] : [asJson(notice)],
      };
    });
  }
}

interface Decided {
  readonly records: UrgentRecords;
  readonly title?: string;
  readonly by?: Who;
  readonly notice?: Notice;
}

/** Is there a record that speaks for a notice of that moment? One that somebody took later than it, or that still waits. */
function isCovered(
  record: UrgentRecord | undefined,
  at: number,
  times: number,
  trouble: string | undefined = record?.troubles[0],
): boolean {
  if (record === undefined || trouble === undefined || !record.troubles.includes(trouble)) return false;
  return record.taken === null ? record.pings < times || at < record.nextAt : at <= record.taken.at;
}

function isWaiting({ taken, pings }: UrgentRecord, times: number): boolean {
  return taken === null && pings < times;
}
