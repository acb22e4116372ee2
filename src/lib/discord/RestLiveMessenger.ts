/** Writes live messages to Discord by REST alone, as the leader may serve no guild at all. */
import {
  ChannelType,
  DiscordAPIError,
  RESTJSONErrorCodes,
  Routes,
  type APIMessage,
  type APIThreadChannel,
  type REST,
} from 'discord.js';
import type { Card, Destination } from '../alerts/Card.js';
import type { LiveMessenger } from '../alerts/live/LiveMessage.js';
import { oldEveryMs } from '../alerts/live/rhythm.js';
import { type Messenger, type SentMessage, Undeliverable } from '../alerts/Messenger.js';
import { asRequest, type ComponentsMessage } from './ComponentsMessage.js';
import { oneLine, shorten } from './inert.js';
import { undeliverable } from './RestMessengerFaults.js';

/** How long a thread stays in the list after its last news, minutes: the longest that Discord knows. */
const archiveAfterMinutes = 10_080;

const goneMessage: readonly (number | string)[] = [
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownChannel,
];
/** A thread that a person locked takes no news either. */
const goneThread: readonly (number | string)[] = [
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
  RESTJSONErrorCodes.ThreadLocked,
];

export class RestLiveMessenger implements LiveMessenger<ComponentsMessage> {
  public constructor(
    /** `client.rest`: it keeps Discord's rate limits. */
    private readonly rest: Pick<REST, 'get' | 'post' | 'patch'>,
    private readonly messenger: Messenger,
  ) {}

  public resolve(to: Destination): Promise<string> {
    return this.messenger.resolve(to);
  }

  public find(channelId: string, word: string, since: number): Promise<SentMessage | undefined> {
    return this.messenger.find(channelId, word, since);
  }

  public async create(channelId: string, content: ComponentsMessage, nonce: string): Promise<SentMessage> {
    const { body, files } = asRequest(content);
    const sent = await delivered(
      this.rest.post(Routes.channelMessages(channelId), {
        body: { ...body, nonce, enforce_nonce: true },
        files,
      }) as Promise<APIMessage>,
    );
    return { channelId: sent.channel_id, messageId: sent.id };
  }

  public async edit(
    { channelId, messageId }: SentMessage,
    content: ComponentsMessage,
  ): Promise<'done' | 'gone'> {
    const route = Routes.channelMessage(channelId, messageId);
    return orGone(
      goneMessage,
      this.rest.patch(route, asRequest(content)).catch((error: unknown) => {
        if (codeOf(error) !== RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached)
          throw error;
        throw new Undeliverable('Discord takes no more edits of this old message for now.', 'retry', {
          afterMs: oldEveryMs,
          fault: 'message',
          cause: error,
        });
      }),
    );
  }

  public async isThere({ channelId, messageId }: SentMessage): Promise<boolean> {
    return (await orGone(goneMessage, this.rest.get(Routes.channelMessage(channelId, messageId)))) === 'done';
  }

  public async openThread(
    { channelId, messageId }: SentMessage,
    name: string,
    isLost: boolean,
  ): Promise<string> {
    const body = { name: shorten(oneLine(name), 100), auto_archive_duration: archiveAfterMinutes };
    try {
      return await this.threadAt(Routes.threads(channelId, messageId), body);
    } catch (error) {
      if (codeOf(error) !== RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage) throw undeliverable(error);
    }
    // A thread on a message has the message's id.
    if (!isLost) return messageId;
    return delivered(this.threadAt(Routes.threads(channelId), { ...body, type: ChannelType.PublicThread }));
  }

  public async post(threadId: string, card: Card, nonce: string, word: string): Promise<'done' | 'gone'> {
    try {
      await this.messenger.send(threadId, { card, nonce, reference: word, pingOnCall: false });
      return 'done';
    } catch (error) {
      if (error instanceof Undeliverable && goneThread.includes(codeOf(error.cause))) return 'gone';
      throw error;
    }
  }

  private async threadAt(route: `/${string}`, body: object): Promise<string> {
    return ((await this.rest.post(route, { body })) as APIThreadChannel).id;
  }
}

const codeOf = (error: unknown): number | string => (error instanceof DiscordAPIError ? error.code : '');

async function delivered<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    throw undeliverable(error);
  }
}

async function orGone(
  codes: readonly (number | string)[],
  request: Promise<unknown>,
): Promise<'done' | 'gone'> {
  try {
    await request;
    return 'done';
  } catch (error) {
    if (codes.includes(codeOf(error))) return 'gone';
    throw undeliverable(error);
  }
}
