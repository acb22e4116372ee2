import type { Client } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';
import { Transcript } from '../../../src/sandbox/scenarios/Transcript.js';
import { startTinyBot } from '../../browser/support/tinyBot.js';

let sandbox: Sandbox;
let bot: Client;
const written: string[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, guilds: 4 });
  bot = await startTinyBot(sandbox.apiUrl, sandbox.botToken);
});

afterAll(async () => {
  await bot?.destroy();
  await sandbox?.close();
});

test('tells what staff see with the bot’s time: news whole, edits only where their headline is another', async () => {
  sandbox.simulation.continueFrom(Date.UTC(2031, 0, 2, 3, 4));
  const transcript = new Transcript(sandbox, (line) => written.push(line));
  const channel = await bot.channels.fetch(sandbox.world.channel('operations').id);
  const elsewhere = await bot.channels.fetch(sandbox.world.channel('general', 'beta_server_1').id);
  if (!channel?.isSendable() || !elsewhere?.isSendable()) throw new Error('The bot may not write.');
  const card = await channel.send('**Running**: 5 %\n1 h is over');
  await card.edit('**Running**: 5 %\n2 h are over');
  await card.edit('**Rolled back**\nErrors ran 5x');
  await elsewhere.send('not for staff');
  await sandbox.as('admin').in('operations').slash('/feature list');
  transcript.close();
  await channel.send('after the end');
  expect(written).toEqual([
    'Thu 02 Jan 03:04  #operations   Running: 5 % · 1 h is over',
    'Thu 02 Jan 03:04  #operations   Rolled back',
  ]);
});
