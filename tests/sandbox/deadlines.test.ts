import { DiscordAPIError, Routes } from 'discord.js';
import { expect, test } from 'vitest';
import type { Clock } from '../../src/lib/core/Clock.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { connect } from './connect.js';

test('an answer after 3 s is unknown, an edit after 15 min has no webhook, a second answer is one too many', async () => {
  let now = Date.now();
  const clock: Clock = { now: () => now };
  const timed = await startSandbox({ clock });
  const refused: unknown[] = [];
  const note = (error: unknown) => void refused.push(error instanceof DiscordAPIError ? error.code : error);
  const bot = await connect(timed, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    if (interaction.commandName === 'late') {
      now += 3_001;
      await interaction.reply('late').catch(note);
      return;
    }
    await interaction.reply('in time');
    await interaction.client.rest
      .post(Routes.interactionCallback(interaction.id, interaction.token), {
        body: { type: 4, data: { content: 'x' } },
        auth: false,
      })
      .catch(note);
    now += 15 * 60_000 - 1;
    await interaction.editReply('still');
    now += 2;
    await interaction.editReply('no more').catch(note);
    await timed.as('admin').in('general').say('done');
  });
  await bot.client.application.commands.set([
    { name: 'late', description: 'x' },
    { name: 'slow', description: 'x' },
  ]);
  const admin = timed.as('admin').in('general');
  const done = admin.next(({ content }) => content === 'done');
  expect((await admin.slash('/slow')).content).toBe('in time');
  await done;
  expect(refused).toEqual([40060, 10015]);
  const lost = admin.slash('/late');
  await expect.poll(() => refused).toEqual([40060, 10015, 10062]);
  const rejected = expect(lost).rejects.toThrow('The sandbox was closed');
  await bot.close();
  await timed.close();
  await rejected;
});
