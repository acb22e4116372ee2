import {
  OverwriteType,
  PermissionFlagsBits,
  type APIGuildMember,
  type APIOverwrite,
  type APIRole,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import { channelRights, guildRights } from '../../../src/cli/doctor/rights.js';

const { Administrator, AttachFiles, SendMessages, ViewChannel } = PermissionFlagsBits;

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

  it('are none where the channel cannot be seen', () => {
    expect(here(overwrite('guild', OverwriteType.Role, 0n, ViewChannel))).toBe(0n);
  });

  it("ignore other roles' rules, and all of them for an administrator", () => {
    const rules = [overwrite('r9', OverwriteType.Role, 0n, SendMessages)];
    expect(can(here(...rules), SendMessages)).toBe(true);
    const admin = guildRights(guild(role('r1', Administrator)), bot);
    const hidden = [overwrite('guild', OverwriteType.Role, 0n, ViewChannel)];
    expect(can(channelRights(admin, hidden, 'guild', bot), SendMessages)).toBe(true);
  });
});
