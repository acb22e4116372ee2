/** This process among the others: says how it is, sees who lives, asks and answers. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../core/Clock.js';
import { newId, type RandomBytes } from '../core/ids.js';
import type { Logger } from '../core/Logger.js';
import { commitWithRetry } from '../state/committing/commitWithRetry.js';
import { Unavailable } from '../state/errors.js';
import type { Follower, Store } from '../state/Store.js';
import { Answering, type Answerer } from './Answering.js';
import { packPresence, readPresence } from './presenceBlob.js';
import {
  aliveMs,
  type PresenceRoom,
  type ProcessPresence,
  type Question,
  type RollCall,
} from './PresenceRoom.js';
import { questionsIn, rollCallKey, withQuestion } from './rollCall.js';

export { aliveMs } from './PresenceRoom.js';
export type { PresenceRoom, ProcessAnswer, ProcessPresence, Question, RollCall } from './PresenceRoom.js';

export interface PresenceOptions {
  readonly store: Pick<Store, 'blobs' | 'commit' | 'getMany' | 'time'>;
  /** Names the process for its lifetime; not used twice. */
  readonly process: string;
  readonly release: string;
  /** What it serves, as of now. */
  readonly serves: () => Pick<ProcessPresence, 'guilds' | 'shards' | 'shardCount'>;
  readonly realTime: Clock;
  readonly logger: Logger;
  readonly random?: RandomBytes;
  /** Waits so many ms of real time; given by tests. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

/** Answers come within milliseconds or not soon: the first looks follow each other quickly. */
const firstPauseMs = 4;
const longestPauseMs = 50;
const commitWithinMs = 1_500;
/** What a process that died leaves behind is of use to nobody after a day, ms. */
const forgottenAfterMs = 24 * 3_600_000;

export class Presence implements PresenceRoom {
  public readonly process: string;
  public readonly release: string;
  private readonly answering: Answering;
  private readonly startedAt: number;
  private prepared: string | null = null;
  private writing: Promise<void> = Promise.resolve();
  private isClosed = false;
  private hasSpoken = false;
  private saidAt: number | undefined;

  public constructor(private readonly options: PresenceOptions) {
    const { process, release, realTime, store, logger } = options;
    this.process = process;
    this.release = release;
    this.startedAt = realTime.now();
    this.answering = new Answering({
      logger,
      time: () => store.time(),
      // What does not serve yet is nobody's to wait for: its answers go out with its first word.
      answered: async () => (this.hasSpoken ? this.put() : undefined),
    });
  }

  /** To be told of every commit, after the rooms whose memory answers speak of. */
  public get follower(): Follower {
    return this.answering;
  }

  /** Real time, ms since epoch, before which it last said something that reached the store; undefined = never. */
  public get heardAt(): number | undefined {
    return this.saidAt;
  }

  public async living(): Promise<readonly ProcessPresence[]> {
    const [now, all] = await Promise.all([this.options.store.time(), this.everyone()]);
    return all.filter(({ at }) => isAlive(at, now));
  }

  /** Everyone who left something behind, dead or alive; sorted by name. Throws Unavailable. */
  public async everyone(): Promise<readonly ProcessPresence[]> {
    return (await this.read()).map(({ presence }) => presence);
  }

  public async ask(question: Question, withinMs: number): Promise<RollCall> {
    const { realTime, store, pause = sleep } = this.options;
    const deadline = realTime.now() + withinMs;
    const askedAt = await this.post(question);
    const expected = new Set<string>();
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      const [now, all] = await Promise.all([store.time(), this.read()]);
      for (const { presence } of all) if (isAlive(presence.at, now)) expected.add(presence.process);
      // Who left in an orderly way has no blob any more: nobody is there who could answer.
      const heard = all.filter(({ presence }) => expected.has(presence.process));
      const answerOf = ({ answers }: (typeof all)[number]) =>
        answers.find((one) => one.question === question.id && one.askedAt === askedAt);
      const silent = heard.filter((one) => answerOf(one) === undefined).map(({ presence }) => presence);
      const leftMs = deadline - realTime.now();
      if (silent.length === 0 || leftMs <= 0) {
        const answers = heard.flatMap((one) => {
          const given = answerOf(one);
          const { process, release } = one.presence;
          return given === undefined
            ? []
            : [{ process, release, seq: given.seq, at: given.at, body: given.body }];
        });
        return { question, answers, silent };
      }
      await pause(Math.min(pauseMs, leftMs));
    }
  }

  public answer(kind: string, answerer: Answerer): void {
    this.answering.answer(kind, answerer);
  }

  public async say(facts: Partial<Pick<ProcessPresence, 'prepared'>>): Promise<void> {
    if (facts.prepared !== undefined) this.prepared = facts.prepared;
    this.hasSpoken = true;
    await this.put();
  }

  /** The regular beat. With the store away nobody hears it, and the next one comes. */
  public async turn(): Promise<void> {
    try {
      await this.say({});
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
    }
  }

  /** Removes what processes that died long ago left behind. */
  public async tidy(): Promise<void> {
    const [now, all] = await Promise.all([this.options.store.time(), this.blobs.all()]);
    for (const { owner, at } of all) if (now - at > forgottenAfterMs) await this.blobs.remove(owner);
  }

  /** Says goodbye: from now on nobody waits for this process. Safe to call twice. */
  public async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.answering.settle();
    await this.writing.catch(() => undefined);
    try {
      await this.blobs.remove(this.process);
    } catch (error) {
      this.options.logger.warn('Could not say goodbye; the others notice within 30 s.', error);
    }
  }

  private get blobs(): ReturnType<Store['blobs']> {
    return this.options.store.blobs('presence');
  }

  private async read(): Promise<NonNullable<ReturnType<typeof readPresence>>[]> {
    return (await this.blobs.all()).flatMap((blob) => readPresence(blob) ?? []);
  }

  /** One write at a time, each with everything that is known when it begins. */
  private put(): Promise<void> {
    this.writing = this.writing.catch(() => undefined).then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    if (this.isClosed) return;
    const { process, release, startedAt, prepared } = this;
    const { seq, answers } = this.answering;
    const begunAt = this.options.realTime.now();
    const said = { process, release, startedAt, seq, prepared, ...this.options.serves(), answers };
    await this.blobs.put(process, packPresence(said));
    this.saidAt = begunAt;
  }

  private async post({ id, kind, body }: Question): Promise<number> {
    const { store, random } = this.options;
    let askedAt = 0;
    await commitWithRetry(store, async () => {
      const [document = null] = await store.getMany('settings', [rollCallKey]);
      askedAt = await store.time();
      const next = withQuestion(questionsIn(document), { id, kind, body, askedAt });
      return {
        op: newId(20, random),
        notAfter: askedAt + commitWithinMs,
        changes: [{ ns: 'settings', key: rollCallKey, expect: document?.v ?? 0, next }],
        audit: [],
        outbox: [],
      };
    });
    return askedAt;
  }
}

function isAlive(at: number, now: number): boolean {
  return now - at < aliveMs;
}
