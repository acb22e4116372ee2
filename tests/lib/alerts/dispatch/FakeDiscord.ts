/** A Discord that knows nonces for three minutes and keeps messages for ever, and fails as it is told. */
import type { Destination } from '../../../../src/lib/alerts/Card.js';
import type { Messenger, OutgoingMessage, SentMessage } from '../../../../src/lib/alerts/Messenger.js';
import type { Clock } from '../../../../src/lib/core/Clock.js';

export interface Standing extends OutgoingMessage {
  readonly channelId: string;
  readonly messageId: string;
  readonly at: number;
}

const nonceKnownMs = 180_000;

export class FakeDiscord implements Messenger {
  public readonly standing: Standing[] = [];
  public readonly finds: string[] = [];
  public attempts = 0;
  /** Thrown instead of taking the message, as long as it answers one. */
  public fault: (channelId: string, message: OutgoingMessage) => Error | undefined = () => undefined;
  public unknown: (to: Destination) => Error | undefined = () => undefined;
  /** Awaited before a message is taken. */
  public pace: (channelId: string) => Promise<void> = async () => undefined;

  public constructor(private readonly clock: Clock) {}

  public async resolve(to: Destination): Promise<string> {
    const fault = this.unknown(to);
    if (fault !== undefined) throw fault;
    if (typeof to === 'string') return to;
    if ('webhook' in to) return `webhook:${to.webhook}`;
    return 'channel' in to ? to.channel : `dm-${to.user}`;
  }

  public async send(channelId: string, message: OutgoingMessage): Promise<SentMessage> {
    this.attempts += 1;
    await this.pace(channelId);
    const fault = this.fault(channelId, message);
    if (fault !== undefined) throw fault;
    return this.take(channelId, message);
  }

  /** The message stands in the channel, whatever the sender hears of it. */
  public take(channelId: string, message: OutgoingMessage): SentMessage {
    const now = this.clock.now();
    const known = this.standing.find(
      (other) =>
        other.channelId === channelId && other.nonce === message.nonce && now - other.at < nonceKnownMs,
    );
    if (known !== undefined) return known;
    const standing = { ...message, channelId, messageId: String(this.standing.length + 1), at: now };
    this.standing.push(standing);
    return standing;
  }

  public async find(channelId: string, reference: string, since: number): Promise<SentMessage | undefined> {
    this.finds.push(reference);
    return this.standing.find(
      (message) => message.channelId === channelId && message.reference === reference && message.at >= since,
    );
  }

  /** Titles of a channel's messages, oldest first. */
  public titles(channelId: string): readonly string[] {
    return this.standing.filter((message) => message.channelId === channelId).map(({ card }) => card.title);
  }
}
