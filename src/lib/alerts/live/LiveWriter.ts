/** The next thing to write for one live message, and its record afterwards. One write a step, so that each is noted down at once. */
import { createHash } from 'node:crypto';
import type { Clock } from '../../core/Clock.js';
import type { Destination } from '../Card.js';
import type { SentMessage } from '../Messenger.js';
import type { LiveRecord, LiveRecords } from './liveDocument.js';
import type { LiveMessage, LiveMessenger, LiveNews } from './LiveMessage.js';
import { editDue, oldEveryMs } from './rhythm.js';

export interface LiveWriterOptions<Content> {
  readonly messenger: LiveMessenger<Content>;
  readonly to: Destination;
  /** Real time. */
  readonly clock: Clock;
}

/** How far back a message is looked for that a process wrote and could not note down. */
const lookBackMs = 24 * 3_600_000;

export class LiveWriter<Content> {
  /** Messages of which something may have been written that is not noted down. */
  private readonly doubted = new Set<string>();
  /** When a message that had not to be edited was last seen, real time. */
  private readonly seenAt = new Map<string, number>();

  public constructor(private readonly options: LiveWriterOptions<Content>) {}

  public doubt(keys: readonly string[]): void {
    for (const key of keys) this.doubted.add(key);
  }

  public trust(key: string): void {
    this.doubted.delete(key);
  }

  /** Writes one thing that is due; undefined where nothing is. Throws Undeliverable. */
  public async step(message: LiveMessage<Content>, records: LiveRecords): Promise<LiveRecords | undefined> {
    const record = records.get(message.key);
    // It was shown as it ended, and is left alone since.
    if (record === undefined && message.isFinal) return undefined;
    const next =
      record === undefined ? await this.create(message, undefined) : await this.update(message, record);
    if (next === undefined) return undefined;
    const changed = new Map(records);
    if (next === 'over') changed.delete(message.key);
    else changed.set(message.key, next);
    return changed;
  }

  private async update(
    message: LiveMessage<Content>,
    record: LiveRecord,
  ): Promise<LiveRecord | 'over' | undefined> {
    const now = this.options.clock.now();
    const due = editDue(record, message, now);
    if (due !== undefined && due <= now) return this.edit(message, record);
    const news = message.thread.news.find(({ n }) => n > record.told);
    if (news !== undefined) return this.tell(message, record, news);
    if (due === undefined && message.isFinal) return 'over';
    if (due === undefined && (await this.isLost(message.key, record, now)))
      return this.create(message, record);
    return undefined;
  }

  private async create(message: LiveMessage<Content>, lost: LiveRecord | undefined): Promise<LiveRecord> {
    const { messenger, to, clock } = this.options;
    const channelId = await messenger.resolve(to);
    const before = lost === undefined ? 0 : lost.before + 1;
    const since = clock.now() - lookBackMs;
    const found =
      lost === undefined && this.doubted.has(message.key)
        ? await messenger.find(channelId, message.key, since)
        : undefined;
    const { digest, mark } = message;
    // One that was found may show anything.
    const sent =
      found ?? (await messenger.create(channelId, await message.draw(), nonce(`${message.key}.${before}`)));
    const { messageId } = sent;
    return {
      channelId: sent.channelId,
      messageId,
      createdAt: clock.now(),
      before,
      written: found === undefined ? { digest, mark, at: clock.now() } : { digest: '', mark: '', at: 0 },
      threadId: null,
      isThreadLost: false,
      told: lost?.told ?? 0,
    };
  }

  private async edit(message: LiveMessage<Content>, record: LiveRecord): Promise<LiveRecord> {
    const { messenger, clock } = this.options;
    const edited = await messenger.edit(placeOf(record), await message.draw());
    if (edited === 'gone') return this.create(message, record);
    return { ...record, written: { digest: message.digest, mark: message.mark, at: clock.now() } };
  }

  private async tell(
    message: LiveMessage<Content>,
    record: LiveRecord,
    { n, card }: LiveNews,
  ): Promise<LiveRecord> {
    const { messenger } = this.options;
    const { threadId, isThreadLost } = record;
    if (threadId === null)
      return {
        ...record,
        threadId: await messenger.openThread(placeOf(record), message.thread.name, isThreadLost),
      };
    const word = `${message.key}.${n}`;
    const isTold =
      this.doubted.has(message.key) &&
      (await messenger.find(threadId, word, this.options.clock.now() - lookBackMs)) !== undefined;
    const posted = isTold ? 'done' : await messenger.post(threadId, card, nonce(word), word);
    return posted === 'gone' ? { ...record, threadId: null, isThreadLost: true } : { ...record, told: n };
  }

  /** Asked seldom: a card that has nothing new to show may have been deleted all the same. */
  private async isLost(key: string, record: LiveRecord, now: number): Promise<boolean> {
    const seen = Math.max(record.written.at, this.seenAt.get(key) ?? 0);
    if (now - seen < oldEveryMs) return false;
    const isThere = await this.options.messenger.isThere(placeOf(record));
    this.seenAt.set(key, now);
    return !isThere;
  }
}

const placeOf = ({ channelId, messageId }: LiveRecord): SentMessage => ({ channelId, messageId });

/** Discord takes 25 characters. */
function nonce(name: string): string {
  return name.length <= 25 ? name : createHash('sha256').update(name).digest('base64url').slice(0, 25);
}
