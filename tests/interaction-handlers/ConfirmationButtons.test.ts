import { container, type InteractionHandler } from '@sapphire/framework';
import { PermissionsBitField, type ButtonInteraction } from 'discord.js';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ConfirmationButtons } from '../../src/interaction-handlers/ConfirmationButtons.js';
import { confirmationsOf } from '../../src/lib/discord/Confirmations.js';
import { customId } from '../../src/lib/discord/customIds.js';
import type { RolloutsService } from '../../src/lib/RolloutsService.js';
import { proposal } from '../lib/discord/flagsFixture.js';

const context = {
  name: 'x',
  path: '',
  root: '',
  store: undefined,
} as unknown as InteractionHandler.LoaderContext;
const staff = { guildId: '100', adminRoleIds: ['1'], staffRoleIds: [], onCallRoleId: undefined };
const change = vi.fn(async () => ({ status: 'done', proposal: proposal(), entry: '1-0' }));
const warn = vi.fn();

beforeAll(() => {
  container.rollouts = {
    config: { staff },
    flags: { change, stale: undefined },
    overrides: [],
    realTime: { now: () => 1000 },
    logger: { warn, error: vi.fn() },
  } as unknown as RolloutsService;
});

function press(userId: string, id: string, role = '1') {
  const interaction = {
    user: { id: userId, username: `user${userId}` },
    guildId: '100',
    member: { roles: [role] },
    memberPermissions: new PermissionsBitField(0n),
    customId: id,
    replied: false,
    deferred: false,
    isMessageComponent: () => true,
    isButton: () => true,
    update: vi.fn(async (_message: unknown) => undefined),
    reply: vi.fn(async (_message: unknown) => undefined),
  };
  const handler = new ConfirmationButtons(context);
  const parsed = handler.parse(interaction as unknown as ButtonInteraction);
  const run = parsed.isSome()
    ? handler.run(interaction as unknown as ButtonInteraction, parsed.unwrap())
    : Promise.reject(new Error('not ours'));
  return { ...interaction, run };
}

const ask = () =>
  confirmationsOf(container.rollouts).ask(
    { change: { do: 'enable', flag: 'x' }, by: { id: '7', name: 'user7' }, confirmed: proposal() },
    500,
  );

describe('a confirmation', () => {
  it('pressed by someone else is refused to them, and stays open for the person who asked', async () => {
    const id = ask();
    const stranger = press('8', customId('confirm', [id]));
    await stranger.run;
    expect(JSON.stringify(stranger.reply.mock.calls)).toContain('Only the person who ran the command');
    expect(stranger.update).not.toHaveBeenCalled();
    expect(change).not.toHaveBeenCalled();
    const owner = press('7', customId('confirm', [id]));
    await owner.run;
    expect(change).toHaveBeenCalledOnce();
    expect(JSON.stringify(owner.update.mock.calls)).toContain('Enable new');
  });

  it('pressed by someone without rights is refused and logged with who tried', async () => {
    const stranger = press('9', customId('confirm', [ask()]), 'nothing');
    await stranger.run;
    expect(JSON.stringify(stranger.reply.mock.calls)).toContain('You may not');
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/^Refused: user9 \(9\) tried the button/));
  });

  it('from before a restart loses its buttons', async () => {
    const late = press('7', customId('cancel', ['GONE']));
    await late.run;
    expect(JSON.stringify(late.update.mock.calls)).toContain('no longer open');
  });

  it('of another plugin is left alone', async () => {
    await expect(press('7', 'other:confirm:1').run).rejects.toThrow('not ours');
    await expect(press('7', customId('undo', ['1-0'])).run).rejects.toThrow('not ours');
  });
});
