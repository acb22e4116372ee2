/** A message that is kept up to date for days, with a thread of news: what should be shown, and the port that shows it. */
import type { Card, Destination } from '../Card.js';
import type { SentMessage } from '../Messenger.js';

/** One line of news for the thread; told once, in order. */
export interface LiveNews {
  /** Counts up; what was told is remembered by it. */
  readonly n: number;
  readonly card: Card;
}

/** What should stand in the channel now. `Content` is whatever the messenger can write. */
export interface LiveMessage<Content> {
  /** Names what it is about, for good; stands in the message, so that it can be found again. */
  readonly key: string;
  /** Another one where a person would see something else. */
  readonly digest: string;
  /** Another one where they should see it at once, however old the message is. */
  readonly mark: string;
  /** Nothing will change any more. */
  readonly isFinal: boolean;
  readonly thread: { readonly name: string; readonly news: readonly LiveNews[] };
  /** Called only when it is going to be written. */
  draw(): Promise<Content>;
}

/**
 * Writes live messages; `lib/discord` fills it. Everything throws {@link Undeliverable}, and `gone` is an ordinary answer: a person
 * deleted the message, the thread or the channel that it stood in.
 */
export interface LiveMessenger<Content> {
  resolve(to: Destination): Promise<string>;
  /** The same `nonce` (≤ 25 characters) within minutes is answered with the first message. */
  create(channelId: string, content: Content, nonce: string): Promise<SentMessage>;
  edit(message: SentMessage, content: Content): Promise<'done' | 'gone'>;
  isThere(message: SentMessage): Promise<boolean>;
  /** The bot's own message in this channel in which the word stands, sent after `since` (ms since epoch, real time). */
  find(channelId: string, word: string, since: number): Promise<SentMessage | undefined>;
  /**
   * Opens the message's thread and answers its id; where there is one already, that one's. With `isLost` the message had a
   * thread that a person deleted: one without the message is opened where it takes no second.
   */
  openThread(message: SentMessage, name: string, isLost: boolean): Promise<string>;
  /** `word` is shown small under the news, so that it can be found again. */
  post(threadId: string, card: Card, nonce: string, word: string): Promise<'done' | 'gone'>;
}
