/** Builds one guild with ids that follow from its number alone. */
import { PermissionFlagsBits as Right } from 'discord-api-types/v10';
import type { Channel, Guild, Overwrite, Role, User } from './model.js';
import { botRights } from './botRights.js';
import { fixedId } from './snowflake.js';

/** What everybody may do in a guild unless a channel says otherwise. */
const everyoneRights =
  Right.ViewChannel |
  Right.SendMessages |
  Right.SendMessagesInThreads |
  Right.ReadMessageHistory |
  Right.EmbedLinks |
  Right.AttachFiles |
  Right.AddReactions |
  Right.CreatePublicThreads |
  Right.UseApplicationCommands;

/** No guild of the seed has more roles or channels than this. */
const idsAGuild = 32;

export class GuildBuilder {
  private readonly guild: Guild;

  public constructor(
    private readonly n: number,
    name: string,
    private readonly bot: User,
    ownerId: string,
    memberCount: number,
  ) {
    const id = fixedId('guild', n);
    this.guild = {
      id,
      name,
      ownerId,
      memberCount,
      roles: new Map(),
      members: new Map(),
      channels: new Map(),
    };
    this.addRole({ id, name: '@everyone', permissions: everyoneRights });
    const botRole = this.addRole({ name: bot.name, permissions: botRights, botId: bot.id });
    this.member(ownerId);
    this.guild.members.set(bot.id, { userId: bot.id, roles: new Set([botRole.id]) });
  }

  /** A role, and who has it. */
  public role(
    name: string,
    permissions: bigint,
    look: { color?: number; mentionable?: boolean },
    ...holders: readonly (string | undefined)[]
  ): this {
    const role = this.addRole({ name, permissions, ...look });
    for (const holder of holders) {
      this.member(holder);
      if (holder !== undefined) this.guild.members.get(holder)?.roles.add(role.id);
    }
    return this;
  }

  public member(userId: string | undefined): this {
    if (userId !== undefined && !this.guild.members.has(userId)) {
      this.guild.members.set(userId, { userId, roles: new Set() });
    }
    return this;
  }

  /** A text channel; with `visibleTo` it is hidden from everyone but these roles and the bot. */
  public channel(name: string, options: { visibleTo?: readonly string[] } = {}): this {
    const position = this.guild.channels.size;
    const id = fixedId('channel', this.n * idsAGuild + position);
    const overwrites = new Map<string, Overwrite>();
    if (options.visibleTo) {
      const open = (subject: string, type: 'role' | 'member') =>
        overwrites.set(subject, { id: subject, type, allow: Right.ViewChannel, deny: 0n });
      overwrites.set(this.guild.id, { id: this.guild.id, type: 'role', allow: 0n, deny: Right.ViewChannel });
      for (const role of this.guild.roles.values())
        if (options.visibleTo.includes(role.name)) open(role.id, 'role');
      open(this.bot.id, 'member');
    }
    const channel: Channel = {
      ...{ id, type: 0, guildId: this.guild.id, name, topic: null, parentId: null, position, overwrites },
      ...{ recipients: [], thread: null, messages: new Map() },
    };
    this.guild.channels.set(id, channel);
    return this;
  }

  public build(): Guild {
    return this.guild;
  }

  private addRole(facts: Partial<Role> & Pick<Role, 'name' | 'permissions'>): Role {
    const position = this.guild.roles.size;
    const role: Role = {
      ...{
        id: fixedId('role', this.n * idsAGuild + position),
        position,
        color: 0,
        mentionable: false,
        botId: null,
      },
      ...facts,
    };
    this.guild.roles.set(role.id, role);
    return role;
  }
}
