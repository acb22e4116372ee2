/** Writes messages into channels, edits and deletes them. Rights were checked before; contents are checked here. */
import { MessageFlags } from 'discord-api-types/v10';
import type { ApiError } from '../rest/ApiError.js';
import { invalidForm, refusals } from '../rest/ApiError.js';
import type { UploadedFile } from '../rest/RestRequest.js';
import { storedComponents } from '../rules/componentTree.js';
import { storedEmbeds } from '../rules/embeds.js';
import { checkEdit, type MessageBody, type MessageEditBody } from '../rules/message.js';
import { parseWith } from '../rules/parseWith.js';
import type { Channel, Message, MessageOrigin } from '../world/model.js';
import type { World } from '../world/World.js';
import type { Attachments } from './Attachments.js';
import { withMedia, withPictures } from './mediaReferences.js';
import { nobody, notifyingText, pingedBy } from './mentions.js';

/** A channel forgets its oldest messages above this. */
const keptMessages = 2_000;
/** How long Discord remembers a nonce: "the past few minutes". */
const nonceMemoryMs = 5 * 60_000;
/** What a sender may set; the others are Discord's. */
const settableFlags =
  MessageFlags.SuppressEmbeds |
  MessageFlags.Ephemeral |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2;

export interface Sending {
  readonly channel: Channel;
  readonly authorId: string;
  readonly body: MessageBody;
  readonly files?: readonly UploadedFile[];
  readonly type?: number;
  readonly onlyFor?: string | null;
  readonly origin?: MessageOrigin | null;
  readonly nonce?: string | null;
  readonly replyTo?: string | null;
}

/** The parts that make a message one; at least one must be there. */
interface Contents {
  readonly content?: string | null;
  readonly embeds?: readonly unknown[] | null;
  readonly components?: readonly unknown[] | null;
  readonly attachments?: readonly unknown[] | null;
}

export class MessageDesk {
  public constructor(
    private readonly world: World,
    public readonly attachments: Attachments,
  ) {}

  /** Throws 50006 for a message without anything in it. */
  public send(sending: Sending): Message {
    const { channel, authorId, body, files = [] } = sending;
    if (this.isEmpty(body, files)) throw refusals.emptyMessage();
    const attachments = this.attachments.store(
      channel.id,
      files,
      body.attachments ?? [],
      Boolean(sending.onlyFor),
    );
    const components = withMedia(storedComponents(body.components), attachments);
    const content = body.content ?? '';
    const flags = (body.flags ?? 0) & settableFlags & ~MessageFlags.Ephemeral;
    const isSilent = (flags & MessageFlags.SuppressNotifications) !== 0;
    const text = notifyingText(content, components);
    const message: Message = {
      id: this.world.ids.next(),
      channelId: channel.id,
      authorId,
      type: sending.type ?? 0,
      content,
      embeds: withPictures(storedEmbeds(body.embeds), attachments),
      components,
      attachments,
      flags,
      nonce: sending.nonce ?? null,
      sentAt: this.world.clock.now(),
      editedAt: null,
      onlyFor: sending.onlyFor ?? null,
      origin: sending.origin ?? null,
      replyTo: sending.replyTo ?? null,
      pinged: isSilent ? nobody : pingedBy(this.world, channel, authorId, text, body.allowed_mentions),
      threadId: null,
    };
    this.keep(channel, message);
    return message;
  }

  /** The bot's "is thinking…" in the place of an answer that comes later. */
  public sendThinking(channel: Channel, onlyFor: string | null, origin: MessageOrigin): Message {
    const message: Message = {
      ...{
        id: this.world.ids.next(),
        channelId: channel.id,
        authorId: this.world.bot.id,
        type: 20,
        content: '',
      },
      ...{
        embeds: [],
        components: [],
        attachments: [],
        flags: MessageFlags.Loading,
        nonce: null,
        editedAt: null,
      },
      ...{ sentAt: this.world.clock.now(), onlyFor, origin, replyTo: null, pinged: nobody, threadId: null },
    };
    this.keep(channel, message);
    return message;
  }

  /** Changes what `json` names and leaves the rest. An edit notifies nobody, except where it ends the thinking. */
  public edit(message: Message, json: unknown, files: readonly UploadedFile[] = []): Message {
    const isFirst = (message.flags & MessageFlags.Loading) !== 0;
    const asked = typeof json === 'object' && json !== null && 'flags' in json ? Number(json.flags) || 0 : 0;
    const flags = (message.flags & ~MessageFlags.Loading) | (asked & settableFlags & ~MessageFlags.Ephemeral);
    const body = parseWith(checkEdit(flags), json ?? {});
    const channel = this.world.channels.get(message.channelId);
    if (!channel) throw refusals.unknownChannel();
    const changed = this.changed(message, body, files, flags);
    if (this.isEmpty(changed, [])) throw refusals.emptyMessage();
    const gone = message.attachments.filter(({ id }) => !changed.attachments.some((one) => one.id === id));
    Object.assign(message, changed);
    this.attachments.forget(gone);
    if (isFirst) {
      const text = notifyingText(message.content, message.components);
      message.pinged = pingedBy(this.world, channel, message.authorId, text, body.allowed_mentions);
    } else {
      message.editedAt = this.world.clock.now();
    }
    this.world.tell({ type: 'messageUpdate', message });
    return message;
  }

  public remove(message: Message): void {
    this.world.channels.get(message.channelId)?.messages.delete(message.id);
    this.attachments.forget(message.attachments);
    this.world.tell({ type: 'messageDelete', message });
  }

  /** The message that this author sent with the nonce in the past few minutes. */
  public findByNonce(channel: Channel, authorId: string, nonce: string): Message | undefined {
    const since = this.world.clock.now() - nonceMemoryMs;
    return [...channel.messages.values()].find(
      (message) => message.authorId === authorId && message.nonce === nonce && message.sentAt >= since,
    );
  }

  private changed(
    message: Message,
    body: MessageEditBody,
    files: readonly UploadedFile[],
    flags: number,
  ): Pick<Message, 'content' | 'embeds' | 'components' | 'attachments' | 'flags'> {
    const kept =
      body.attachments === undefined || body.attachments === null
        ? message.attachments
        : message.attachments.filter(({ id }) => body.attachments?.some((one) => String(one.id) === id));
    const ephemeral = message.onlyFor !== null;
    const added = this.attachments.store(message.channelId, files, body.attachments ?? [], ephemeral);
    if (kept.length + added.length > 10) throw tooManyFiles();
    const attachments = [...kept, ...added];
    const embeds = body.embeds === undefined ? message.embeds : storedEmbeds(body.embeds);
    const components =
      body.components === undefined
        ? message.components
        : withMedia(storedComponents(body.components), attachments);
    return {
      content: body.content === undefined ? message.content : (body.content ?? ''),
      embeds: withPictures(embeds, attachments),
      components,
      attachments,
      flags,
    };
  }

  private keep(channel: Channel, message: Message): void {
    channel.messages.set(message.id, message);
    if (channel.messages.size > (channel.keptMessages ?? keptMessages)) {
      const oldest = channel.messages.values().next().value;
      if (oldest) {
        channel.messages.delete(oldest.id);
        this.attachments.forget(oldest.attachments);
      }
    }
    this.world.tell({ type: 'messageCreate', message });
  }

  private isEmpty(body: Contents, files: readonly UploadedFile[]): boolean {
    const lists = [body.embeds, body.components, files.length > 0 ? files : body.attachments];
    return !body.content?.trim() && lists.every((list) => !list?.length);
  }
}

const tooManyFiles = (): ApiError =>
  invalidForm([
    { path: ['attachments'], code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 10 or fewer in length.' },
  ]);
