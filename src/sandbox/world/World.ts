/** Everything there is in the sandbox's Discord, found by id or by name, and a voice that tells what changed. */
import type { Clock } from '../../lib/core/Clock.js';
import type { Channel, Guild, Member, Message, User, WorldEvent } from './model.js';
import { channelPermissions, may } from './permissions.js';
import { SnowflakeSource } from './snowflake.js';

export class World {
  public readonly users = new Map<string, User>();
  public readonly guilds = new Map<string, Guild>();
  /** Every channel of every guild, threads and direct messages included. */
  public readonly channels = new Map<string, Channel>();
  public readonly ids: SnowflakeSource;
  private readonly listeners = new Set<(event: WorldEvent) => void>();

  public constructor(
    public readonly clock: Clock,
    public readonly bot: User,
    public readonly staffGuildId: string,
  ) {
    this.ids = new SnowflakeSource(clock);
    this.users.set(bot.id, bot);
  }

  /** Calls back for everything that happens from now on; the answer stops it. */
  public listen(listener: (event: WorldEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  public tell(event: WorldEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }

  public addUser(user: User): User {
    this.users.set(user.id, user);
    return user;
  }

  public addGuild(guild: Guild): void {
    this.guilds.set(guild.id, guild);
    for (const channel of guild.channels.values()) this.channels.set(channel.id, channel);
    this.tell({ type: 'guildCreate', guild });
  }

  public removeGuild(guild: Guild): void {
    this.guilds.delete(guild.id);
    for (const channel of guild.channels.values()) this.channels.delete(channel.id);
    this.tell({ type: 'guildDelete', guild });
  }

  public addChannel(channel: Channel): void {
    this.channels.set(channel.id, channel);
    if (channel.guildId !== null) this.guilds.get(channel.guildId)?.channels.set(channel.id, channel);
    this.tell({ type: 'channelCreate', channel });
  }

  /** Deletes a channel and the threads in it. */
  public removeChannel(channel: Channel): void {
    const guild = this.guildOf(channel);
    for (const thread of guild?.channels.values() ?? []) {
      if (thread.parentId === channel.id) this.removeChannel(thread);
    }
    this.channels.delete(channel.id);
    guild?.channels.delete(channel.id);
    this.tell({ type: 'channelDelete', channel });
  }

  public addMember(guild: Guild, member: Member): void {
    guild.members.set(member.userId, member);
    guild.memberCount += 1;
    this.tell({ type: 'memberUpdate', guild, member });
  }

  public guildOf(channel: Channel): Guild | null {
    return channel.guildId === null ? null : (this.guilds.get(channel.guildId) ?? null);
  }

  /** The direct message channel between this person and the bot, made where there is none. */
  public directMessages(user: User): Channel {
    const found = this.findDirectMessages(user.id);
    if (found) return found;
    const channel: Channel = {
      ...{
        id: this.ids.next(),
        type: 1,
        guildId: null,
        name: user.name,
        topic: null,
        parentId: null,
        position: 0,
      },
      ...{ overwrites: new Map(), recipients: [user.id, this.bot.id], thread: null, messages: new Map() },
    };
    this.addChannel(channel);
    return channel;
  }

  public findDirectMessages(userId: string): Channel | undefined {
    for (const channel of this.channels.values()) {
      if (channel.type === 1 && channel.recipients.includes(userId)) return channel;
    }
    return undefined;
  }

  public permissions(channel: Channel, userId: string): bigint {
    return channelPermissions(this.guildOf(channel), channel, userId);
  }

  public canSee(channel: Channel, userId: string): boolean {
    return may(this.permissions(channel, userId), 'ViewChannel');
  }

  /** Whether this person finds the message on their screen. */
  public canRead(message: Message, userId: string): boolean {
    if (message.onlyFor !== null) return message.onlyFor === userId;
    const channel = this.channels.get(message.channelId);
    return channel !== undefined && this.canSee(channel, userId);
  }

  public findMessage(id: string): Message | undefined {
    for (const channel of this.channels.values()) {
      const message = channel.messages.get(id);
      if (message) return message;
    }
    return undefined;
  }

  /** A person by id or name. */
  public user(nameOrId: string): User {
    return this.named('person', this.users, nameOrId);
  }

  /** A guild by id or name. */
  public guild(nameOrId: string): Guild {
    return this.named('guild', this.guilds, nameOrId);
  }

  /** A channel of a guild by id or name, with or without `#`; a thread's name does, too. */
  public channel(nameOrId: string, guild: Guild): Channel {
    return this.named(`channel in ${guild.name}`, guild.channels, nameOrId.replace(/^#/, ''));
  }

  private named<Thing extends { name: string }>(
    kind: string,
    things: ReadonlyMap<string, Thing>,
    nameOrId: string,
  ): Thing {
    const byId = things.get(nameOrId);
    if (byId) return byId;
    for (const thing of things.values()) if (thing.name === nameOrId) return thing;
    const known = [...things.values()].slice(0, 12).map(({ name }) => name);
    throw new Error(`The sandbox has no ${kind} "${nameOrId}". It has: ${known.join(', ')}.`);
  }
}
