/** An answer that shows how far something long is, as often as Discord lets it be edited and for as long as it can be. */
import type { Card } from '../../alerts/Card.js';
import type { Turn } from '../Turn.js';

/** Discord lets an answer be edited five times in five seconds. */
const betweenMs = 1_500;
/** Discord takes no more edits after 15 minutes. */
export const longestAnswerMs = 14 * 60_000;

export class LiveAnswer {
  private readonly begun: number;
  private shownAt = Number.NEGATIVE_INFINITY;
  private isOver = false;
  private newest: Card | undefined;
  private timer: NodeJS.Timeout | undefined;
  private shown: Promise<void> = Promise.resolve();

  /** @param late shown last where it takes longer than an answer can be edited: where to look then */
  public constructor(
    private readonly turn: Turn,
    private readonly late: Card,
  ) {
    this.begun = turn.house.realTime.now();
  }

  /** Now and then only; the newest is always shown in the end, however long nothing comes after it. */
  public show(card: Card): void {
    if (this.isOver) return;
    this.newest = card;
    const waitMs = this.shownAt + betweenMs - this.turn.house.realTime.now();
    if (waitMs <= 0) this.draw();
    else this.timer ??= setTimeout(() => this.draw(), waitMs);
  }

  /** Nothing more comes, however it ended: a refusal that is shown next must not be overwritten. */
  public async stop(): Promise<void> {
    this.rest();
    await this.shown;
  }

  /** The last word; not said where the answer can be edited no more. */
  public async end(card: Card): Promise<void> {
    await this.stop();
    const { realTime } = this.turn.house;
    if (this.isOver || realTime.now() - this.begun > longestAnswerMs) return;
    this.isOver = true;
    await this.turn.show(card);
  }

  private draw(): void {
    this.rest();
    const { logger, realTime } = this.turn.house;
    const now = realTime.now();
    this.isOver = now - this.begun > longestAnswerMs;
    const card = this.isOver ? this.late : this.newest;
    if (card === undefined) return;
    this.shownAt = now;
    this.shown = this.shown
      .then(() => this.turn.show(card))
      .catch((error: unknown) => logger.debug('How far it is could not be shown.', error));
  }

  private rest(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
