import { DiscordAPIError, PermissionFlagsBits } from 'discord.js';
import { expect, it } from 'vitest';
import { checkUsersChannel } from '../../../src/cli/doctor/usersChannel.js';
import { neededInStaffChannels } from '../../../src/lib/discord/botRights.js';

const all = neededInStaffChannels.reduce((sum, [, bit]) => sum | bit, 0n);

function rest({ denied = 0n, status = 200 } = {}) {
  const answers: Record<string, unknown> = {
    '/channels/5': {
      ...{ id: '5', name: 'news', guild_id: '6' },
      permission_overwrites: [{ id: '6', type: 0, allow: '0', deny: String(denied) }],
    },
    '/guilds/6': { id: '6', name: 'Members', owner_id: '1', roles: [{ id: '6', permissions: String(all) }] },
    '/guilds/6/members/2': { user: { id: '2' }, roles: [] },
  };
  return {
    get: (route: string) => {
      if (status === 200) return Promise.resolve(answers[route]);
      const body = { code: 10_003, message: 'Unknown Channel' };
      return Promise.reject(new DiscordAPIError(body, 10_003, status, 'GET', route, { body: {}, files: [] }));
    },
  };
}

it('a channel in another guild in which the bot may write is well', async () => {
  expect(await checkUsersChannel(rest(), '2', '5')).toMatchObject([
    { level: 'ok', found: '#news of Members: members are told there.' },
  ]);
});

it('what the bot may not do there is named', async () => {
  const denied = PermissionFlagsBits.SendMessages;
  expect(await checkUsersChannel(rest({ denied }), '2', '5')).toMatchObject([
    { level: 'problem', found: '#news of Members: the bot lacks Send Messages.' },
  ]);
});

it('one that the bot does not see is a problem; none at all is not', async () => {
  expect(await checkUsersChannel(rest({ status: 404 }), '2', '5')).toMatchObject([{ level: 'problem' }]);
  expect(await checkUsersChannel(rest(), '2', undefined)).toMatchObject([{ level: 'ok' }]);
});
