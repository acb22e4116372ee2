import { ChannelType, PermissionFlagsBits, type APIGuild, type APIGuildMember } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { neededInStaffChannels } from '../../../src/lib/discord/botRights.js';
import { checkStaffGuild } from '../../../src/cli/doctor/staffGuild.js';
import type { StaffConfig } from '../../../src/config/Config.js';

const all = neededInStaffChannels.reduce((sum, [, bit]) => sum | bit, 0n);
const staff: StaffConfig = {
  guildId: 'guild',
  adminRoleIds: [],
  staffRoleIds: [],
  onCallRoleId: 'oncall',
  channels: { operations: '#operations', 'dev-team': '222', management: '#operations' },
};
const member = { user: { id: 'bot' }, roles: ['botrole'] } as unknown as APIGuildMember;

async function lookAt({ rights = all, mentionable = true, denied = 0n } = {}) {
  const guild = {
    id: 'guild',
    name: 'HQ',
    owner_id: 'owner',
    roles: [
      { id: 'botrole', name: 'Rollouts', permissions: String(rights) },
      { id: 'oncall', name: 'On-call', permissions: '0', mentionable },
    ],
  } as APIGuild;
  const overwrites = [{ id: 'guild', type: 0, allow: '0', deny: String(denied) }];
  const channels = [
    { id: '111', name: 'operations', type: ChannelType.GuildText, permission_overwrites: overwrites },
    { id: '222', name: 'dev', type: ChannelType.GuildText },
  ];
  const found = await checkStaffGuild({ get: async () => channels }, guild, member, staff);
  return found.filter(({ level }) => level !== 'ok');
}

describe('the staff guild', () => {
  it('is well where the bot may do everything in every channel, by name and by id', async () => {
    expect(await lookAt()).toEqual([]);
  });

  it('is a problem where a channel denies what the bot needs, and names it as Discord does', async () => {
    const denied = PermissionFlagsBits.EmbedLinks | PermissionFlagsBits.AttachFiles;
    expect(await lookAt({ denied })).toMatchObject([
      {
        about: 'OPERATIONS_CHANNEL',
        level: 'problem',
        found: '#operations: the bot lacks Embed Links, Attach Files.',
        next: "Edit #operations -> Permissions -> the bot's role: allow them.",
      },
      { about: 'MANAGEMENT_CHANNEL' },
    ]);
  });

  it('names the one right that hides a channel, and not all that follow from it', async () => {
    const denied = PermissionFlagsBits.ViewChannel;
    const [finding] = await lookAt({ denied });
    expect(finding).toMatchObject({ found: '#operations: the bot lacks View Channel.' });
  });

  it('warns where the on-call role cannot be pinged', async () => {
    expect(await lookAt({ mentionable: false })).toMatchObject([
      { about: 'ONCALL_ROLE_ID', level: 'warning', found: 'Urgent notices will not ping On-call.' },
    ]);
    expect(await lookAt({ mentionable: false, rights: all | PermissionFlagsBits.MentionEveryone })).toEqual(
      [],
    );
  });
});
