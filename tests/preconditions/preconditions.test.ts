import { container, type Precondition, type UserError } from '@sapphire/framework';
import {
  PermissionFlagsBits,
  PermissionsBitField,
  type ChatInputCommandInteraction,
  type Message,
} from 'discord.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RolloutsService } from '../../src/lib/RolloutsService.js';
import { FeatureEnabled } from '../../src/preconditions/FeatureEnabled.js';
import { GuildManager } from '../../src/preconditions/GuildManager.js';
import { forbiddenIdentifier } from '../../src/lib/discord/rights.js';
import { RolloutAdmin } from '../../src/preconditions/RolloutAdmin.js';
import { RolloutStaff } from '../../src/preconditions/RolloutStaff.js';

const staff = { guildId: '100', adminRoleIds: ['1'], staffRoleIds: ['2'], onCallRoleId: '3' };

beforeAll(() => {
  container.rollouts = {
    config: { staff },
    flags: { isEnabled: (flag: string, guildId: string | null) => flag === 'x' && guildId === '100' },
  } as unknown as RolloutsService;
});

const context = { name: 'x', path: '', root: '', store: undefined } as unknown as Precondition.LoaderContext;
const interaction = (roles: string[], guildId = '100', permissions = 0n) =>
  ({
    user: { id: '7' },
    guildId,
    member: { roles },
    memberPermissions: new PermissionsBitField(permissions),
  }) as unknown as ChatInputCommandInteraction;

describe('preconditions', () => {
  it.each([
    ['RolloutAdmin', new RolloutAdmin(context), [true, false, false, false]],
    ['RolloutStaff', new RolloutStaff(context), [true, true, true, false]],
  ] as const)('%s passes admin, staff, on-call, nobody: %#', (_name, piece, expected) => {
    const passes = [['1'], ['2'], ['3'], ['9']].map((roles) => piece.chatInputRun(interaction(roles)));
    expect(passes.map((result) => (result as { isOk(): boolean }).isOk())).toEqual(expected);
  });

  it('GuildManager passes whoever manages the guild, whatever the command’s default permission was changed to', () => {
    const piece = new GuildManager(context);
    const run = (permissions: bigint) =>
      piece.chatInputRun(interaction([], '5', permissions)) as { isOk(): boolean };
    expect(run(PermissionFlagsBits.ManageGuild).isOk()).toBe(true);
    expect(run(PermissionFlagsBits.Administrator).isOk()).toBe(true);
    expect(run(PermissionFlagsBits.ManageMessages).isOk()).toBe(false);
  });

  it('say what was needed, under an identifier of our own', () => {
    const result = new RolloutAdmin(context).chatInputRun(interaction(['2'])) as { unwrapErr(): UserError };
    expect(result.unwrapErr()).toMatchObject({ identifier: forbiddenIdentifier, context: { need: 'admin' } });
  });

  it('FeatureEnabled passes where the flag is on, and names it where it is off', () => {
    const piece = new FeatureEnabled(context);
    const run = (flag: string, guildId: string) =>
      piece.chatInputRun(interaction([], guildId), undefined, { flag }) as {
        isOk(): boolean;
        unwrapErr(): UserError;
      };
    expect(run('x', '100').isOk()).toBe(true);
    expect(run('x', '5').unwrapErr()).toMatchObject({
      identifier: 'featureDisabled',
      context: { flag: 'x' },
    });
    const message = { guildId: '100' } as Message;
    expect((piece.messageRun(message, undefined, { flag: 'y' }) as { isOk(): boolean }).isOk()).toBe(false);
    expect(
      (
        piece.contextMenuRun(interaction([]) as never, undefined, { flag: 'x' }) as { isOk(): boolean }
      ).isOk(),
    ).toBe(true);
  });
});
