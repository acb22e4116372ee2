/** Hears what everybody is asked, and answers for this process: each question once, as soon as the feed brings it. */
import type { Json } from '../core/Json.js';
import type { Logger } from '../core/Logger.js';
import type { FeedCommit, Follower, LoadedState } from '../state/Store.js';
import type { GivenAnswer } from './presenceBlob.js';
import { type AskedQuestion, questionsIn, rollCallKey } from './rollCall.js';

export type Answerer = (body: Json) => Json | Promise<Json>;

export interface AnsweringOptions {
  /** The store's own clock, ms since epoch. */
  readonly time: () => Promise<number>;
  /** There are new answers: they are to be said at once. */
  readonly answered: () => Promise<void>;
  readonly logger: Logger;
}

export class Answering implements Follower {
  /** The newest commit that was taken in. */
  public seq = 0;
  private readonly answerers = new Map<string, Answerer>();
  private open: readonly AskedQuestion[] = [];
  private given: readonly GivenAnswer[] = [];
  private readonly underWay = new Set<Promise<void>>();

  public constructor(private readonly options: AnsweringOptions) {}

  public get answers(): readonly GivenAnswer[] {
    return this.given;
  }

  /** Throws where there is one already. */
  public answer(kind: string, answerer: Answerer): void {
    if (this.answerers.has(kind))
      throw new TypeError(`Questions of the kind "${kind}" are answered already.`);
    this.answerers.set(kind, answerer);
  }

  public commits(commits: readonly FeedCommit[]): void {
    for (const { seq, documents } of commits) {
      this.seq = seq;
      for (const { ns, key, document } of documents)
        if (ns === 'settings' && key === rollCallKey) this.hear(questionsIn(document));
    }
  }

  public reload({ head, documents }: LoadedState): void {
    this.seq = head.seq;
    this.hear(questionsIn(documents.settings.get(rollCallKey) ?? null));
  }

  public reachable(): void {
    // What is asked while the store is away is heard when it is back.
  }

  /** Resolves when nothing is being answered. */
  public async settle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private hear(questions: readonly AskedQuestion[]): void {
    const isOpen = (one: AskedQuestion): boolean => this.open.some((known) => isSame(known, one));
    const added = questions.filter((one) => !isOpen(one));
    this.open = questions;
    this.given = this.given.filter(({ question, askedAt }) => isOpen({ ...nothing, id: question, askedAt }));
    for (const question of added) {
      const answering = this.give(question).finally(() => this.underWay.delete(answering));
      this.underWay.add(answering);
    }
  }

  private async give({ id, kind, body, askedAt }: AskedQuestion): Promise<void> {
    try {
      // After this turn of the loop: every other follower has taken the same commits in by then.
      await Promise.resolve();
      const answer = await this.ask(kind, body);
      const { seq } = this;
      const at = await this.options.time();
      this.given = [...this.given, { question: id, askedAt, seq, at, body: answer }];
      await this.options.answered();
    } catch (error) {
      // Whoever asked names this process as silent, or the next beat brings the answer.
      this.options.logger.debug(`A question (${kind}) could not be answered at once.`, error);
    }
  }

  private async ask(kind: string, body: Json): Promise<Json> {
    try {
      return (await this.answerers.get(kind)?.(body)) ?? null;
    } catch (error) {
      this.options.logger.error(`Answering a question of the kind "${kind}" failed.`, error);
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }
}

const nothing = { kind: '', body: null };

function isSame(one: AskedQuestion, other: AskedQuestion): boolean {
  return one.id === other.id && one.askedAt === other.askedAt;
}
