/** Brings alerts to Discord by REST alone: a shard's cache knows only its own guilds, and the leader may serve none of them. */
import {
  ChannelType,
  Routes,
  type APIChannel,
  type APIDMChannel,
  type APIMessage,
  type APIUser,
  type REST,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';
import type { Card, Destination, NoticeSubject, Text } from '../alerts/Card.js';
import {
  type Messenger,
  type OutgoingMessage,
  type SentMessage,
  Undeliverable,
} from '../alerts/Messenger.js';
import type { Clock } from '../core/Clock.js';
import { undeliverable } from './RestMessengerFaults.js';
import { findMessage } from './RestMessengerSearch.js';
import { withOverrides } from './overrides.js';
import { renderCard } from './renderCard.js';

export interface RestMessengerOptions {
  /** `client.rest`: it keeps Discord's rate limits. */
  readonly rest: Pick<REST, 'get' | 'post'>;
  readonly staffGuildId: string;
  /** An id, or `#name` in the staff guild. */
  readonly channels: Readonly<Record<'operations' | 'dev-team' | 'management', string>>;
  readonly onCallRoleId?: string;
  readonly approverRoleIds?: readonly string[];
  /** Real time. */
  readonly clock: Clock;
  /** Where a live card stands, as a link. @default nothing is linked to */
  readonly linkTo?: (subject: NoticeSubject) => Promise<Text | undefined>;
  /** What the environment decides against everything that people set. @default none */
  readonly overrides?: readonly string[];
}

/** The staff guild's channels are asked for at most this often, ms. */
const channelsFreshMs = 30_000;

export class RestMessenger implements Messenger {
  private channels: { readonly at: number; readonly list: Promise<readonly APIChannel[]> } | undefined;
  private ownId: string | undefined;
  /** By the configured name: the channel that bore it when it was last found. */
  private readonly idOf = new Map<string, string>();
  /** Channels that bear another name by now: which one is configured. */
  private readonly renamed = new Map<string, string>();

  public constructor(private readonly options: RestMessengerOptions) {}

  public async resolve(to: Destination): Promise<string> {
    try {
      if (typeof to === 'string') return await this.staffChannel(this.options.channels[to]);
      if ('channel' in to) return to.channel;
      if ('webhook' in to)
        throw new Undeliverable(`There is no webhook ${to.webhook}; name it in deployments.yaml.`, 'park');
      const direct = (await this.options.rest.post(Routes.userChannels(), {
        body: { recipient_id: to.user },
      })) as APIDMChannel;
      return direct.id;
    } catch (error) {
      throw undeliverable(error);
    }
  }

  public async send(channelId: string, message: OutgoingMessage): Promise<SentMessage> {
    const card = withOldName(await this.linked(message), this.renamed.get(channelId));
    const body = this.draw({ ...message, card });
    const { file } = message;
    const files = file === undefined ? [] : [{ name: file.name, data: Buffer.from(file.text) }];
    try {
      const route = Routes.channelMessages(channelId);
      const sent = (await this.options.rest.post(route, { body, files })) as APIMessage;
      return { channelId: sent.channel_id, messageId: sent.id };
    } catch (error) {
      const fault = undeliverable(error);
      // The name may stand for another channel by now.
      if (fault.fate === 'park') this.channels = undefined;
      throw fault;
    }
  }

  public async find(channelId: string, reference: string, since: number): Promise<SentMessage | undefined> {
    const { rest } = this.options;
    try {
      this.ownId ??= ((await rest.get(Routes.user())) as APIUser).id;
      const messageId = await findMessage(rest, channelId, { authorId: this.ownId, reference, since });
      return messageId === undefined ? undefined : { channelId, messageId };
    } catch (error) {
      throw undeliverable(error);
    }
  }

  private async linked({ card, about }: OutgoingMessage): Promise<Card> {
    const link = about === undefined ? undefined : await this.options.linkTo?.(about);
    return link === undefined
      ? card
      : { ...card, fields: [...(card.fields ?? []), { name: 'Card', value: link }] };
  }

  private draw(message: OutgoingMessage): RESTPostAPIChannelMessageJSONBody {
    const { card, nonce, reference } = message;
    const pinged = this.pinged(message);
    return {
      ...renderCard(withOverrides(card, this.options.overrides ?? []), { reference }),
      ...(pinged.length > 0 && { content: pinged.map((role) => `<@&${role}>`).join(' ') }),
      nonce,
      enforce_nonce: true,
      allowed_mentions: { parse: [], ...(pinged.length > 0 && { roles: pinged }) },
    };
  }

  /** Roles, each once. */
  private pinged({ pingOnCall, pingApprovers = false }: OutgoingMessage): string[] {
    const { onCallRoleId, approverRoleIds = [] } = this.options;
    const onCall = pingOnCall && onCallRoleId !== undefined ? [onCallRoleId] : [];
    return [...new Set([...onCall, ...(pingApprovers ? approverRoleIds : [])])];
  }

  private async staffChannel(named: string): Promise<string> {
    if (!named.startsWith('#')) return named;
    const name = named.slice(1);
    const isIt = (channel: APIChannel): boolean =>
      channel.name === name &&
      (channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement);
    const channels = await this.staffChannels();
    const channel = channels.find(isIt);
    if (channel !== undefined) {
      this.idOf.set(named, channel.id);
      this.renamed.delete(channel.id);
      return channel.id;
    }
    // Whoever renames a channel means the same one, and those who read it want to be told.
    const renamed = channels.find(({ id }) => id === this.idOf.get(named));
    if (renamed !== undefined) {
      this.renamed.set(renamed.id, named);
      return renamed.id;
    }
    throw new Undeliverable(
      `The staff guild has no channel ${named} that the bot can see; create it, or name another one in the configuration.`,
      'park',
    );
  }

  private async staffChannels(): Promise<readonly APIChannel[]> {
    const now = this.options.clock.now();
    if (this.channels !== undefined && now - this.channels.at < channelsFreshMs) return this.channels.list;
    const list = this.options.rest.get(Routes.guildChannels(this.options.staffGuildId)) as Promise<
      readonly APIChannel[]
    >;
    this.channels = { at: now, list };
    try {
      return await list;
    } catch (error) {
      this.channels = undefined;
      const fault = undeliverable(error);
      if (fault.fate !== 'park') throw fault;
      throw new Undeliverable(
        `The bot is not in the staff guild ${this.options.staffGuildId}; invite it, or correct STAFF_GUILD_ID.`,
        'park',
        { cause: error },
      );
    }
  }
}

function withOldName(card: Card, named: string | undefined): Card {
  if (named === undefined) return card;
  const value = `This channel was ${named}, and the configuration still says so: set its id there, or the bot does not find it after a restart.`;
  return { ...card, fields: [...(card.fields ?? []), { name: 'Renamed', value }] };
}
