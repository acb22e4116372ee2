/** Sends notices to webhooks beside Discord: HTTPS POST of {"text"}, as Slack and its like take it. */
import type { Destination } from '../Card.js';
import { type Messenger, type OutgoingMessage, type SentMessage, Undeliverable } from '../Messenger.js';
import { plainText } from './plainText.js';

export interface WebhookMessengerOptions {
  /** Everything that is for no webhook. */
  readonly discord: Messenger;
  /** The address of a webhook by its name; undefined where the environment has none. */
  readonly urlOf: (name: string) => string | undefined;
  readonly post?: typeof fetch;
  /** Real time, ms since epoch. @default the machine's */
  readonly now?: () => number;
  /** How long one may take to answer, ms of real time. @default 10_000 */
  readonly withinMs?: number;
}

const prefix = 'webhook:';
const defaultWithinMs = 10_000;
/** Nobody is believed who asks for more, ms. */
const longestRetryMs = 3_600_000;

/**
 * A webhook has no nonce and cannot be searched: a message whose answer was lost is sent again, so that it may stand there
 * twice. Its lane is its own, and a webhook that fails holds nobody else back.
 */
export class WebhookMessenger implements Messenger {
  public constructor(private readonly options: WebhookMessengerOptions) {}

  public async resolve(to: Destination): Promise<string> {
    return typeof to === 'object' && 'webhook' in to
      ? `${prefix}${to.webhook}`
      : this.options.discord.resolve(to);
  }

  public async send(channelId: string, message: OutgoingMessage): Promise<SentMessage> {
    if (!channelId.startsWith(prefix)) return this.options.discord.send(channelId, message);
    const name = channelId.slice(prefix.length);
    await this.post(name, this.addressOf(name), plainText(message.card, message.reference));
    return { channelId, messageId: message.nonce };
  }

  public async find(channelId: string, reference: string, since: number): Promise<SentMessage | undefined> {
    return channelId.startsWith(prefix) ? undefined : this.options.discord.find(channelId, reference, since);
  }

  private addressOf(name: string): URL {
    const url = this.options.urlOf(name);
    if (url === undefined || !URL.canParse(url))
      throw new Undeliverable(
        `The webhook ${name} has no address: set its variable to an https:// address.`,
        'park',
      );
    const address = new URL(url);
    const isOwn = address.hostname === '127.0.0.1' || address.hostname === 'localhost';
    if (address.protocol !== 'https:' && !(isOwn && address.protocol === 'http:'))
      throw new Undeliverable(
        `The address of the webhook ${name} is not https://; correct its variable.`,
        'park',
      );
    return address;
  }

  /** Its address is a secret, and stands in no message. */
  private async post(name: string, address: URL, text: string): Promise<void> {
    const { post = fetch, withinMs = defaultWithinMs } = this.options;
    let response: Response;
    try {
      response = await post(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
        redirect: 'manual',
        signal: AbortSignal.timeout(withinMs),
      });
      await response.body?.cancel();
    } catch (error) {
      const why =
        error instanceof Error && error.name === 'TimeoutError' ? 'it did not answer' : 'it is away';
      throw new Undeliverable(`The webhook ${name} could not be reached: ${why}.`, 'retry');
    }
    if (response.ok) return;
    const said = `The webhook ${name} answered ${response.status}`;
    if (response.status === 429 || response.status >= 500) {
      const afterMs = retryAfterMs(response.headers.get('retry-after'), this.options.now ?? Date.now);
      throw new Undeliverable(`${said}.`, 'retry', afterMs === undefined ? {} : { afterMs });
    }
    throw new Undeliverable(`${said}; look whether it still exists, and correct its variable.`, 'park');
  }
}

/** RFC 9110: seconds, or a date. */
function retryAfterMs(header: string | null, now: () => number): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now();
  return Number.isFinite(ms) ? Math.min(longestRetryMs, Math.max(0, ms)) : undefined;
}
