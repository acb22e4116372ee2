import {
  OverwriteType,
  PermissionFlagsBits,
  type APIGuildMember,
  type APIOverwrite,
  type APIRole,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import { channelRights, guildRights, lackingIn, mayPing } from '../../../src/lib/discord/botRights.js';

const { Administrator, AttachFiles, MentionEveryone, SendMessages, ViewChannel } = PermissionFlagsBits;

const role = (id: string, rights: bigint): APIRole => ({ id, permissions: String(rights) }) as APIRole;
const bot = { user: { id: 'bot' }, roles: ['r1', 'r2'] } as unknown as APIGuildMember;
const guild = (...roles: APIRole[]) => ({ id: 'guild', owner_id: 'owner', roles });
const overwrite = (id: string, type: OverwriteType, allow: bigint, deny: bigint): APIOverwrite => ({
  id,
  type,
  allow: String(allow),
  deny: String(deny),
});
const can = (rights: bigint, right: bigint): boolean => (rights & right) === right;

describe('rights in the guild', () => {
  it("are everyone's and those of the member's own roles", () => {
    const rights = guildRights(
      guild(role('guild', ViewChannel), role('r1', SendMessages), role('r9', AttachFiles)),
      bot,
    );
    expect(rights).toBe(ViewChannel | SendMessages);
  });

  it('are all of them for an administrator and for the owner', () => {
    expect(can(guildRights(guild(role('r1', Administrator)), bot), AttachFiles)).toBe(true);
    expect(can(guildRights({ ...guild(), owner_id: 'bot' }, bot), AttachFiles)).toBe(true);
  });
});

describe('rights in a channel', () => {
  const base = ViewChannel | SendMessages;
  const here = (...overwrites: APIOverwrite[]): bigint => channelRights(base, overwrites, 'guild', bot);

  it('are those in the guild where the channel has no rules', () => {
    expect(here()).toBe(base);
  });

  it("are denied by everyone's rule and given back by a role's", () => {
    const everyone = overwrite('guild', OverwriteType.Role, 0n, SendMessages);
    expect(can(here(everyone), SendMessages)).toBe(false);
    expect(can(here(overwrite('r1', OverwriteType.Role, SendMessages, 0n), everyone), SendMessages)).toBe(
      true,
    );
  });

  it("are granted where one role's rule denies and another's grants", () => {
    const rules = [
      overwrite('r1', OverwriteType.Role, SendMessages, 0n),
      overwrite('r2', OverwriteType.Role, 0n, SendMessages),
    ];
    expect(can(here(...rules), SendMessages)).toBe(true);
  });

  it("are at last what the member's own rule says", () => {
    const rules = [
      overwrite('bot', OverwriteType.Member, 0n, SendMessages),
      overwrite('r1', OverwriteType.Role, SendMessages, 0n),
    ];
    expect(can(here(...rules), SendMessages)).toBe(false);
  });

  it('are each denied by itself, so that what is lacking can be named', () => {
    expect(here(overwrite('guild', OverwriteType.Role, 0n, ViewChannel))).toBe(SendMessages);
  });

  it("ignore other roles' rules, and all of them for an administrator", () => {
    const rules = [overwrite('r9', OverwriteType.Role, 0n, SendMessages)];
    expect(can(here(...rules), SendMessages)).toBe(true);
    const admin = guildRights(guild(role('r1', Administrator)), bot);
    const hidden = [overwrite('guild', OverwriteType.Role, 0n, ViewChannel)];
    expect(can(channelRights(admin, hidden, 'guild', bot), SendMessages)).toBe(true);
  });
});

describe('what the bot needs', () => {
  it('and lacks is named as Discord names it, threads and files included', () => {
    expect(lackingIn(ViewChannel | SendMessages)).toEqual([
      'Send Messages in Threads',
      'Create Public Threads',
      'Read Message History',
      'Embed Links',
      'Attach Files',
    ]);
    expect(lackingIn(guildRights(guild(role('r1', Administrator)), bot))).toEqual([]);
  });

  it('to ping a role: that it is mentionable, or that the bot may mention everyone', () => {
    expect(mayPing({ mentionable: true }, 0n)).toBe(true);
    expect(mayPing({ mentionable: false }, MentionEveryone)).toBe(true);
    expect(mayPing({ mentionable: false }, ViewChannel)).toBe(false);
  });
});
