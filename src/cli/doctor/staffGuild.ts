/** The staff guild: the roles and channels that the configuration names, and what the bot may do in each. */
import {
  ChannelType,
  Routes,
  type APIGuild,
  type APIGuildChannel,
  type APIGuildMember,
  type REST,
} from 'discord.js';
import type { StaffConfig } from '../../config/Config.js';
import { ok, problem, warning, type Finding } from './Finding.js';
import { channelRights, guildRights, lackingIn, mayPing } from '../../lib/discord/botRights.js';

const roleVariables = [
  ['ROLLOUT_ADMIN_ROLE_IDS', (staff: StaffConfig) => staff.adminRoleIds],
  ['ROLLOUT_STAFF_ROLE_IDS', (staff: StaffConfig) => staff.staffRoleIds],
  ['ONCALL_ROLE_ID', (staff: StaffConfig) => (staff.onCallRoleId === undefined ? [] : [staff.onCallRoleId])],
] as const;

const channelVariables = [
  ['OPERATIONS_CHANNEL', 'operations'],
  ['DEV_TEAM_CHANNEL', 'dev-team'],
  ['MANAGEMENT_CHANNEL', 'management'],
] as const;

export async function checkStaffGuild(
  rest: Pick<REST, 'get'>,
  guild: APIGuild,
  member: APIGuildMember,
  staff: StaffConfig,
): Promise<readonly Finding[]> {
  const channels = (await rest.get(Routes.guildChannels(guild.id))) as readonly APIGuildChannel[];
  const inGuild = guildRights(guild, member);
  const rightsIn = (channel: APIGuildChannel): bigint =>
    channelRights(inGuild, channel.permission_overwrites ?? [], guild.id, member);
  return [
    ...roleVariables.flatMap(([variable, ids]) => roles(guild, variable, ids(staff))),
    ...channelVariables.map(([variable, name]) =>
      channel(channels, variable, staff.channels[name], rightsIn),
    ),
    ...onCall(guild, staff, inGuild),
  ];
}

function roles(guild: APIGuild, variable: string, ids: readonly string[]): readonly Finding[] {
  const missing = ids.filter((id) => !guild.roles.some((role) => role.id === id));
  if (missing.length > 0) {
    return [
      problem(
        variable,
        `${guild.name} has no role ${missing.join(', ')}.`,
        'Name roles of the staff guild, or create them.',
      ),
    ];
  }
  if (ids.length > 0) {
    const names = guild.roles.filter((role) => ids.includes(role.id)).map(({ name }) => name);
    return [ok(variable, `${names.join(', ')}.`)];
  }
  if (variable === 'ONCALL_ROLE_ID') return [ok(variable, 'Not set: urgent notices ping nobody.')];
  return [ok(variable, "Not set: the guild's owner and members with Administrator.")];
}

function channel(
  channels: readonly APIGuildChannel[],
  variable: string,
  named: string,
  rightsIn: (channel: APIGuildChannel) => bigint,
): Finding {
  const isIt = ({ id, name, type }: APIGuildChannel): boolean =>
    (named.startsWith('#') ? `#${name}` === named : id === named) &&
    (type === ChannelType.GuildText || type === ChannelType.GuildAnnouncement);
  const found = channels.find(isIt);
  if (found === undefined) {
    return problem(
      variable,
      `The staff guild has no text channel ${named}.`,
      `Create it, or set ${variable} to another one.`,
    );
  }
  const rights = rightsIn(found);
  const missing = lackingIn(rights);
  if (missing.length === 0) return ok(variable, `#${found.name}: the bot may do there all it needs.`);
  const next = `Edit #${found.name} -> Permissions -> the bot's role: allow ${missing.length === 1 ? 'it' : 'them'}.`;
  return problem(variable, `#${found.name}: the bot lacks ${missing.join(', ')}.`, next);
}

/** A role is pinged only where everybody may mention it, or the bot may mention all of them. */
function onCall(guild: APIGuild, { onCallRoleId }: StaffConfig, inGuild: bigint): readonly Finding[] {
  const role = guild.roles.find(({ id }) => id === onCallRoleId);
  if (role === undefined || mayPing(role, inGuild)) return [];
  return [
    warning(
      'ONCALL_ROLE_ID',
      `Urgent notices will not ping ${role.name}.`,
      `Server Settings -> Roles -> ${role.name} -> allow anyone to mention it; or give the bot "Mention @everyone, @here, and All Roles".`,
    ),
  ];
}
