/** What the sandbox's Discord consists of. Plain records; the wire shapes are made in `wire/`. */
import type { APIAttachment, APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  /** Nobody but friends may write to this person: the bot's direct messages fail with 50007. */
  directMessagesClosed: boolean;
}

export interface Role {
  readonly id: string;
  name: string;
  permissions: bigint;
  readonly position: number;
  readonly color: number;
  mentionable: boolean;
  /** The bot whose own role this is. */
  readonly botId: string | null;
}

export interface Member {
  readonly userId: string;
  readonly roles: Set<string>;
}

export interface Overwrite {
  /** A role's or a user's id. */
  readonly id: string;
  readonly type: 'role' | 'member';
  allow: bigint;
  deny: bigint;
}

export interface ThreadFacts {
  readonly ownerId: string;
  archived: boolean;
  locked: boolean;
  autoArchiveMinutes: number;
  readonly members: Set<string>;
}

export interface Channel {
  readonly id: string;
  /** Discord's number: 0 text, 1 direct message, 11 public thread, 12 private thread. */
  readonly type: number;
  /** null for direct messages. */
  readonly guildId: string | null;
  name: string;
  topic: string | null;
  readonly parentId: string | null;
  readonly position: number;
  readonly overwrites: Map<string, Overwrite>;
  /** The people of a direct message channel, the bot among them. */
  readonly recipients: readonly string[];
  readonly thread: ThreadFacts | null;
  /** Oldest first. */
  readonly messages: Map<string, Message>;
  /** How many messages are kept, where it is fewer than elsewhere. */
  readonly keptMessages?: number;
  /** What is said here is news to nobody. */
  readonly isMuted?: boolean;
}

export interface Guild {
  readonly id: string;
  name: string;
  ownerId: string;
  readonly roles: Map<string, Role>;
  /** Only people with a name; `memberCount` counts everybody. */
  readonly members: Map<string, Member>;
  readonly channels: Map<string, Channel>;
  memberCount: number;
}

/** Which interaction a message answers. */
export interface MessageOrigin {
  readonly interactionId: string;
  readonly interactionType: number;
  readonly userId: string;
  readonly command: string | null;
  /** The message whose component was pressed. */
  readonly pressedId?: string;
  /** What opened the modal that was sent. */
  readonly openedBy?: MessageOrigin;
}

export interface Message {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  /** Discord's number: 0 ordinary, 19 reply, 20 answer to a command. */
  readonly type: number;
  content: string;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  attachments: APIAttachment[];
  flags: number;
  readonly nonce: string | null;
  /** ms since epoch. */
  readonly sentAt: number;
  editedAt: number | null;
  /** The only person who sees it; null = everyone in the channel. */
  readonly onlyFor: string | null;
  readonly origin: MessageOrigin | null;
  readonly replyTo: string | null;
  /** Users, roles and 'everyone' in the text that `allowed_mentions` let through. */
  pinged: Pinged;
  threadId: string | null;
}

export interface Pinged {
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly everyone: boolean;
}

/** What happened in the world; the gateway, the people and the page listen. */
export type WorldEvent =
  | { readonly type: 'messageCreate' | 'messageUpdate' | 'messageDelete'; readonly message: Message }
  | { readonly type: 'guildCreate' | 'guildUpdate' | 'guildDelete'; readonly guild: Guild }
  | { readonly type: 'channelCreate' | 'channelUpdate' | 'channelDelete'; readonly channel: Channel }
  | { readonly type: 'memberUpdate'; readonly guild: Guild; readonly member: Member }
  | { readonly type: 'commandsChange' };
