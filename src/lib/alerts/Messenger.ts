/** The port through which alerts leave the house; `lib/discord` fills it by REST. */
import type { Card, Destination } from './Card.js';

export interface SentMessage {
  readonly channelId: string;
  readonly messageId: string;
}

/** Why a message could not be delivered. `retry`: later may help. `park`: a person must do something first. */
export class Undeliverable extends Error {
  public constructor(
    message: string,
    public readonly fate: 'retry' | 'park' | 'drop',
    /** How long Discord asks to wait, ms. */
    public readonly afterMs?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'Undeliverable';
  }
}

export interface Messenger {
  /** The channel's id for a destination; throws {@link Undeliverable}. Opens the direct message channel where it is a user. */
  resolve(to: Destination): Promise<string>;
  /**
   * Sends a card. `nonce` (≤ 25 characters) makes Discord answer a second send within minutes with the first message;
   * `reference` is shown in the footer.
   */
  send(channelId: string, message: OutgoingMessage): Promise<SentMessage>;
  /** The bot's own recent message in this channel that carries the reference, if there is one. */
  find(channelId: string, reference: string): Promise<SentMessage | undefined>;
}

export interface OutgoingMessage {
  readonly card: Card;
  readonly nonce: string;
  readonly reference: string;
  readonly pingOnCall: boolean;
}
