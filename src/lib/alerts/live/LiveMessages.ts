/**
 * Keeps live messages up to date: looks at what should be shown and at what was last written, and writes the difference. Nothing
 * that happened before matters, so that a process that dies at any line is replaced by one that looks, too.
 */
import type { Clock } from '../../core/Clock.js';
import type { Logger } from '../../core/Logger.js';
import { RolloutError } from '../../core/RolloutError.js';
import type { DocumentBody, Fence, Store } from '../../state/Store.js';
import type { Destination } from '../Card.js';
import { Undeliverable } from '../Messenger.js';
import { liveKey, type LiveRecords, readLive, writeLive } from './liveDocument.js';
import type { LiveMessage, LiveMessenger } from './LiveMessage.js';
import { LiveWriter } from './LiveWriter.js';
import { editDue } from './rhythm.js';

export interface LiveMessagesOptions<Content> {
  readonly store: Pick<Store, 'getMany'>;
  /** Commits one change of `settings:live` under the fence; throws Conflict where it moved. */
  readonly commit: (fence: Fence, expect: number, next: DocumentBody) => Promise<{ readonly seq: number }>;
  readonly messenger: LiveMessenger<Content>;
  readonly to: Destination;
  /** Everything that should be shown: what is open, and of those that have ended the ones named by `known`. */
  readonly shown: (known: readonly string[]) => Promise<readonly LiveMessage<Content>[]>;
  /** Real time. */
  readonly clock: Clock;
  readonly logger: Logger;
}

/** After a channel was given up, or Discord did not take a message. */
const parkedMs = 600_000;
const retryMs = 5_000;
/** Writes to one message a turn; a long list of news must not keep the others waiting. */
const mostSteps = 6;

export class LiveMessages<Content> {
  private readonly writer: LiveWriter<Content>;
  private token: number | undefined;
  /** Real time before which a message, or the channel (`''`), is left alone. */
  private readonly restsUntil = new Map<string, number>();
  /** What was said to the log, so that it is said once. */
  private readonly complaints = new Map<string, string>();

  public constructor(private readonly options: LiveMessagesOptions<Content>) {
    this.writer = new LiveWriter(options);
  }

  /** Everything may be different: a restored store knows nothing of what was written since. */
  public forget(): void {
    this.token = undefined;
  }

  /**
   * Writes what is due. Throws what the store throws; Discord's refusals are kept here and tried again.
   *
   * @returns ms of real time until something else is due; undefined where nothing is known to be
   */
  public async turn(fence: Fence): Promise<number | undefined> {
    const { store, shown } = this.options;
    const [document = null] = await store.getMany('settings', [liveKey]);
    let records = readLive(document);
    let version = document?.v ?? 0;
    const messages = await shown([...records.keys()]);
    if (this.token !== fence.token) {
      // Whoever led before may have written what it could not note down any more.
      this.writer.doubt([...records.keys(), ...messages.map(({ key }) => key)]);
      this.token = fence.token;
    }
    const save = async (next: LiveRecords): Promise<void> => {
      version = (await this.options.commit(fence, version, writeLive(next))).seq;
      records = next;
    };
    const wanted = new Set(messages.map(({ key }) => key));
    const kept = new Map([...records].filter(([key]) => wanted.has(key)));
    if (kept.size < records.size) await save(kept);
    for (const message of messages) {
      const step = (): Promise<LiveRecords | undefined> => this.writer.step(message, records);
      await this.attempt(message.key, step, save);
    }
    return this.untilNext(messages, records);
  }

  private untilNext(messages: readonly LiveMessage<Content>[], records: LiveRecords): number | undefined {
    const now = this.options.clock.now();
    const due = messages.flatMap((message) => {
      const record = records.get(message.key);
      const at = record === undefined ? undefined : editDue(record, message, now);
      return at === undefined ? [] : [Math.max(at, ...this.rest(message.key))];
    });
    return due.length === 0 ? undefined : Math.max(0, Math.min(...due) - now);
  }

  private async attempt(
    key: string,
    step: () => Promise<LiveRecords | undefined>,
    save: (records: LiveRecords) => Promise<void>,
  ): Promise<void> {
    const { clock } = this.options;
    try {
      for (let steps = 0; steps < mostSteps; steps += 1) {
        if (this.rests(key)) return;
        const next = await step().catch((error: unknown) => this.faultOf(key, error));
        if (next === undefined) break;
        await save(next);
        this.writer.trust(key);
      }
      this.complaints.delete(key);
    } catch (error) {
      this.writer.doubt([key]);
      if (!(error instanceof Undeliverable)) throw error;
      const isChannels = error.fate === 'park' && error.fault === 'channel';
      const restMs = error.fate === 'retry' ? Math.max(retryMs, error.afterMs ?? 0) : parkedMs;
      this.restsUntil.set(isChannels ? '' : key, clock.now() + restMs);
      this.complain(isChannels ? '' : key, error);
    }
  }

  /** What cannot be drawn holds back itself alone; it is tried again as what Discord does not take is. */
  private faultOf(key: string, error: unknown): never {
    if (error instanceof RolloutError || error instanceof Undeliverable) throw error;
    this.options.logger.error(`The live message ${key} makes this program fail.`, error);
    throw new Undeliverable('It makes this program fail.', 'park', { fault: 'message', cause: error });
  }

  private rests(key: string): boolean {
    const now = this.options.clock.now();
    return this.rest(key).some((until) => until > now);
  }

  private rest(key: string): readonly number[] {
    return [key, ''].map((each) => this.restsUntil.get(each) ?? 0);
  }

  private complain(key: string, error: Undeliverable): void {
    if (this.complaints.get(key) === error.message) return;
    this.complaints.set(key, error.message);
    const { logger } = this.options;
    if (error.fate === 'retry') logger.warn(`A live message waits (${key}): ${error.message}`);
    else logger.error(`Live messages cannot be shown${key === '' ? '' : ` (${key})`}: ${error.message}`);
  }
}
