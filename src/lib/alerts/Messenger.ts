/** The port through which alerts leave the house; `lib/discord` fills it by REST. */
import type { Card, Destination, NoticeFile, NoticeSubject } from './Card.js';

export interface SentMessage {
  readonly channelId: string;
  readonly messageId: string;
}

export interface UndeliverableOptions extends ErrorOptions {
  /** How long Discord asks to wait, ms. */
  readonly afterMs?: number;
  /** What is at fault: the channel, and so every message to it (the default), or this message alone. */
  readonly fault?: 'channel' | 'message';
}

/**
 * Why a message could not be delivered. `retry`: later may help. `park`: a person must do something first.
 * `drop`: it can never be delivered, and that is nobody's fault (closed direct messages).
 */
export class Undeliverable extends Error {
  /** Never asked sooner than this, ms. */
  public readonly afterMs: number | undefined;
  public readonly fault: 'channel' | 'message';

  public constructor(
    message: string,
    public readonly fate: 'retry' | 'park' | 'drop',
    { afterMs, fault = 'channel', ...options }: UndeliverableOptions = {},
  ) {
    super(message, options);
    this.name = 'Undeliverable';
    this.afterMs = afterMs;
    this.fault = fault;
  }
}

export interface Messenger {
  /** The channel's id for a destination; throws {@link Undeliverable}. Opens the direct message channel where it is a user. */
  resolve(to: Destination): Promise<string>;
  /**
   * Sends a card. `nonce` (≤ 25 characters) makes Discord answer a second send within minutes with the first message;
   * `reference` is shown in the footer. Throws {@link Undeliverable}.
   */
  send(channelId: string, message: OutgoingMessage): Promise<SentMessage>;
  /**
   * The bot's own message in this channel that carries the reference, if there is one among those sent after `since`
   * (ms since epoch). Throws {@link Undeliverable}.
   */
  find(channelId: string, reference: string, since: number): Promise<SentMessage | undefined>;
}

export interface OutgoingMessage {
  readonly card: Card;
  readonly nonce: string;
  readonly reference: string;
  readonly pingOnCall: boolean;
  readonly file?: NoticeFile;
  readonly pingApprovers?: boolean;
  readonly about?: NoticeSubject;
}
