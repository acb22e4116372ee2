import { Command, container, Precondition } from '@sapphire/framework';
import {
  ActionRowBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  MessageFlags,
  ModalBuilder,
  type Client,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { probeCommand, type ProbeResult } from '../../../../src/lib/discord/probing/probeCommand.js';
import type { Standpoint, TypedCommand } from '../../../../src/lib/discord/probing/syntheticCommand.js';
import { startBot, type RunningBot } from '../../../support/bot.js';

let bot: RunningBot;

const form = new ModalBuilder()
  .setCustomId('x')
  .setTitle('x')
  .addComponents(
    new ActionRowBuilder<TextInputBuilder>().addComponents(
      new TextInputBuilder().setCustomId('y').setLabel('y').setStyle(TextInputStyle.Short),
    ),
  );

/** A command of a host, that does in turn what discord.js lets it do. */
class Every extends Command {
  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    const { options } = interaction;
    switch (options.getString('how')) {
      case 'reply': {
        const said = `n=${options.getInteger('n')} yes=${options.getBoolean('yes')}`;
        const { resource } = await interaction.reply({ content: said, withResponse: true });
        await interaction.editReply(`${resource?.message?.content}, edited`);
        return;
      }
      case 'defer':
        await interaction.deferReply({ flags: MessageFlags.Ephemeral });
        await interaction.editReply('first');
        await interaction.followUp('second');
        return;
      case 'components':
        await interaction.reply({
          flags: MessageFlags.IsComponentsV2,
          components: [new TextDisplayBuilder().setContent('hi')],
        });
        return;
      case 'form':
        await interaction.showModal(form);
        return;
      case 'delete':
        await interaction.reply('gone');
        await interaction.deleteReply();
        return;
      case 'elsewhere':
        await interaction.client.rest.post('/channels/1/messages', { body: { content: 'loud' } });
        return;
      default:
        return;
    }
  }
}

class Never extends Precondition {
  public override chatInputRun(): Precondition.Result {
    return this.error({ message: 'Not for you.' });
  }
}

class Denied extends Every {
  public constructor(context: Command.LoaderContext, options: Command.Options) {
    super(context, { ...options, preconditions: ['Never' as never] });
  }
}

beforeAll(async () => {
  bot = await startBot();
  await container.stores.loadPiece({ name: 'Never', piece: Never, store: 'preconditions' });
  await container.stores.loadPiece({ name: 'every', piece: Every, store: 'commands' });
  await container.stores.loadPiece({ name: 'denied', piece: Denied, store: 'commands' });
});

afterAll(async () => {
  await bot.close();
  expect(bot.violations).toEqual([]);
});

function probe(typed: TypedCommand, standpoint: Partial<Standpoint> = {}): Promise<ProbeResult> {
  const { staff } = bot.config;
  return probeCommand(typed, {
    client: bot.client as Client<true>,
    standpoint: {
      guildId: staff.guildId,
      channelId: staff.channels.operations,
      roleIds: staff.adminRoleIds,
      ...standpoint,
    },
    now: Date.now(),
    signal: new AbortController().signal,
  });
}

function every(how: string): Promise<ProbeResult> {
  return probe({ command: 'every', options: { how, n: 7, yes: true } });
}

const texts = ({ shown }: ProbeResult): readonly string[] => shown.map(({ content }) => content);

describe('a probe', () => {
  test('reads its options, and sees what was shown last in each place', async () => {
    const replied = await every('reply');
    expect(replied).toMatchObject({ what: '/every', ok: true });
    expect(texts(replied)).toEqual(['n=7 yes=true, edited']);
    expect(texts(await every('defer'))).toEqual(['first', 'second']);
  });

  test('counts components and forms as answers', async () => {
    expect(await every('components')).toMatchObject({ ok: true, shown: [{ components: 1, isForm: false }] });
    expect(await every('form')).toMatchObject({ ok: true, shown: [{ isForm: true }] });
  });

  test('fails where nothing was shown, or nothing stays', async () => {
    expect(await every('nothing')).toMatchObject({ ok: false, detail: 'It ended without an answer.' });
    expect(await every('delete')).toMatchObject({ ok: false });
  });

  test('may do nothing but answer', async () => {
    expect(await every('elsewhere')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('POST /channels/1/messages') as string,
    });
  });

  test('is denied by the preconditions of the command, as a person would be', async () => {
    expect(await probe({ command: 'denied' })).toMatchObject({
      ok: false,
      detail: 'A precondition denied it: Not for you.',
    });
    const elsewhere = await probe(
      { command: 'feature', subcommand: 'list' },
      { guildId: bot.sandbox.world.guild('beta_server_1').id },
    );
    expect(elsewhere.detail).toContain('A precondition denied it: You may not see this');
  });

  test('of a command or subcommand that does not exist says so', async () => {
    expect((await probe({ command: 'nothing' })).detail).toBe('The bot has no command of this name.');
    expect((await probe({ command: 'feature', subcommand: 'nothing' })).detail).toBe(
      'It has no such subcommand.',
    );
  });

  test('of a refusal quotes it', async () => {
    const refused = await probe({
      command: 'feature',
      subcommand: 'info',
      options: { name: 'never_heard_of' },
    });
    expect(refused.ok).toBe(false);
    expect(refused.detail).toContain('never_heard_of');
  });

  test('is not measured: it counts for no rollout', async () => {
    const begin = vi.spyOn(bot.rollouts.health.recording, 'begin');
    await every('reply');
    await probe({ command: 'denied' });
    expect(begin).not.toHaveBeenCalled();
    await bot.as('beta1_manager').in('general', 'beta_server_1').slash('/hello');
    expect(begin).toHaveBeenCalledTimes(1);
    begin.mockRestore();
  });

  test('works as well where the guild is in no cache of this process', async () => {
    const { staffGuild } = bot.sandbox.world;
    const { cache } = bot.client.guilds;
    const kept = cache.get(staffGuild.id);
    cache.delete(staffGuild.id);
    expect(await probe({ command: 'feature', subcommand: 'list' })).toMatchObject({ ok: true });
    if (kept) cache.set(kept.id, kept);
  });
});
