/** The world as tests find things in it, and what they may change from outside. */
import { addCrowd } from './world/seed.js';
import { GuildBuilder } from './world/GuildBuilder.js';
import type { Channel, Guild, Role, User } from './world/model.js';
import { textChannel } from './world/textChannel.js';
import type { World } from './world/World.js';

/** The first number for guilds that tests add by name. */
const firstAddedGuild = 1_000_000;

export interface NewGuild {
  readonly name: string;
  readonly memberCount?: number;
  /** The owner: a user's name or id. Default `owner`. */
  readonly owner?: string;
}

export class WorldChanges {
  private added = 0;

  public constructor(private readonly model: World) {}

  public get staffGuild(): Readonly<Guild> {
    return this.model.guild(this.model.staffGuildId);
  }

  public get bot(): Readonly<User> {
    return this.model.bot;
  }

  public get guilds(): readonly Readonly<Guild>[] {
    return [...this.model.guilds.values()];
  }

  /** By name or id; so are the others. Throws where there is none. */
  public guild(nameOrId: string): Readonly<Guild> {
    return this.model.guild(nameOrId);
  }

  public user(nameOrId: string): Readonly<User> {
    return this.model.user(nameOrId);
  }

  /** A role, of the staff guild where no other is named. */
  public role(nameOrId: string, guild = this.model.staffGuildId): Readonly<Role> {
    const { roles, name } = this.model.guild(guild);
    const role = [...roles.values()].find((one) => one.id === nameOrId || one.name === nameOrId);
    if (!role) throw new Error(`${name} has no role "${nameOrId}".`);
    return role;
  }

  /** A channel, of the staff guild where no other is named. */
  public channel(nameOrId: string, guild = this.model.staffGuildId): Readonly<Channel> {
    return this.model.channel(nameOrId, this.model.guild(guild));
  }

  /** Puts the bot into a new guild with one channel, #general. */
  public addGuild({ name, memberCount = 10, owner = 'owner' }: NewGuild): Readonly<Guild> {
    const ownerId = this.model.user(owner).id;
    const number = firstAddedGuild + this.added++;
    const guild = new GuildBuilder(number, name, this.model.bot, ownerId, memberCount)
      .channel('general')
      .build();
    this.model.addGuild(guild);
    return guild;
  }

  /** Puts the bot into `count` more guilds of the seeded crowd. */
  public addGuilds(count: number): readonly Readonly<Guild>[] {
    return addCrowd(this.model, count);
  }

  /** The bot is thrown out. */
  public removeGuild(guild: string): void {
    this.model.removeGuild(this.model.guild(guild));
  }

  public addChannel(name: string, guild = this.model.staffGuildId): Readonly<Channel> {
    const where = this.model.guild(guild);
    const channel = textChannel(this.model.ids.next(), where, name);
    this.model.addChannel(channel);
    return channel;
  }

  public renameChannel(channel: string, name: string, guild = this.model.staffGuildId): void {
    const found = this.model.channel(channel, this.model.guild(guild));
    found.name = name;
    this.model.tell({ type: 'channelUpdate', channel: found });
  }

  public deleteChannel(channel: string, guild = this.model.staffGuildId): void {
    this.model.removeChannel(this.model.channel(channel, this.model.guild(guild)));
  }

  /** Changes what a role or a person may do in a channel. Bits as in Discord's permission flags. */
  public overwrite(
    channel: string,
    subject: { readonly role: string } | { readonly user: string },
    bits: { readonly allow?: bigint; readonly deny?: bigint },
    guild = this.model.staffGuildId,
  ): void {
    const found = this.model.channel(channel, this.model.guild(guild));
    const type = 'role' in subject ? 'role' : 'member';
    const { id } = 'role' in subject ? this.role(subject.role, guild) : this.model.user(subject.user);
    found.overwrites.set(id, { id, type, allow: bits.allow ?? 0n, deny: bits.deny ?? 0n });
    this.model.tell({ type: 'channelUpdate', channel: found });
  }

  /** Adds a person to a guild with these roles, or changes the roles that they have. */
  public setRoles(user: string, roles: readonly string[], guild = this.model.staffGuildId): void {
    const where = this.model.guild(guild);
    const member = {
      userId: this.model.user(user).id,
      roles: new Set(roles.map((role) => this.role(role, guild).id)),
    };
    if (!where.members.has(member.userId)) return this.model.addMember(where, member);
    where.members.set(member.userId, member);
    this.model.tell({ type: 'memberUpdate', guild: where, member });
  }

  /** From now on the bot cannot write to this person (50007). */
  public closeDirectMessages(user: string): void {
    this.model.user(user).directMessagesClosed = true;
  }
}
