import { PermissionFlagsBits, type APIChannel, type APIRole } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { lackingIn, mayPing, permissionsIn } from '../../../../src/lib/discord/smoke/botPermissions.js';

const { ViewChannel, SendMessages, Administrator, MentionEveryone } = PermissionFlagsBits;

const role = (id: string, bits: bigint, mentionable = false): APIRole =>
  ({ id, name: id, permissions: String(bits), mentionable }) as APIRole;
const channel = (
  ...overwrites: readonly (readonly [id: string, allow: bigint, deny: bigint])[]
): APIChannel =>
  ({
    permission_overwrites: overwrites.map(([id, allow, deny]) => ({
      id,
      type: 0,
      allow: `${allow}`,
      deny: `${deny}`,
    })),
  }) as unknown as APIChannel;

const member = (...roles: APIRole[]) => ({
  ...{ guildId: 'g', userId: 'me', roles: [role('g', ViewChannel), ...roles] },
  member: { roles: roles.map(({ id }) => id) },
});

describe("the bot's own rights", () => {
  it('are those of everyone and of its roles, and of no other role', () => {
    const mine = {
      ...member(role('a', SendMessages)),
      roles: [role('g', ViewChannel), role('a', SendMessages), role('b', Administrator)],
    };
    expect(permissionsIn(channel(), mine)).toBe(ViewChannel | SendMessages);
  });

  it('are narrowed by the channel, for everyone before roles before the bot itself', () => {
    const mine = member(role('a', SendMessages));
    expect(permissionsIn(channel(['g', 0n, ViewChannel]), mine)).toBe(SendMessages);
    expect(permissionsIn(channel(['g', 0n, ViewChannel], ['a', ViewChannel, 0n]), mine)).toBe(
      ViewChannel | SendMessages,
    );
    expect(permissionsIn(channel(['a', 0n, SendMessages], ['me', SendMessages, 0n]), mine)).toBe(
      ViewChannel | SendMessages,
    );
  });

  it('are all of them for an Administrator, whatever the channel says', () => {
    expect(
      lackingIn(permissionsIn(channel(['g', 0n, ViewChannel]), member(role('a', Administrator)))),
    ).toEqual([]);
  });

  it('that are lacking are named as Discord names them, threads and files included', () => {
    expect(lackingIn(ViewChannel | SendMessages)).toEqual([
      ...[
        'Send Messages in Threads',
        'Create Public Threads',
        'Read Message History',
        'Embed Links',
        'Attach Files',
      ],
    ]);
  });

  it('a role is pinged where it is mentionable, or the bot may mention everyone', () => {
    expect(mayPing(role('oncall', 0n, true), 0n)).toBe(true);
    expect(mayPing(role('oncall', 0n), MentionEveryone)).toBe(true);
    expect(mayPing(role('oncall', 0n), ViewChannel)).toBe(false);
  });
});
