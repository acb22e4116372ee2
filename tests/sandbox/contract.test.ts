import { MessageFlags, REST, Routes, TextDisplayBuilder } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox, type Exchange, type Sandbox } from '../../src/sandbox/index.js';
import { discordContract, type Description } from '../support/contract/index.js';
import { openApiDescription } from '../support/contract/openApiDescription.js';
import { zodDescription } from '../support/contract/zodDescription.js';
import { connect } from './connect.js';

const openApi = await openApiDescription();
const descriptions: [string, Description][] = [
  ...(openApi ? [['the OpenAPI file', openApi] as [string, Description]] : []),
  ['the zod schemas', zodDescription()],
];

const exchange = (facts: Partial<Exchange>): Exchange => ({
  ...{ method: 'POST', path: '/channels/1/messages', query: new URLSearchParams(), requestBody: undefined },
  ...{ status: 200, responseBody: undefined },
  ...facts,
});

let sandbox: Sandbox;
let violations: readonly string[];
let checked: () => number;

async function startWith(description: Description): Promise<void> {
  const contract = await discordContract(description);
  sandbox = await startSandbox({ onExchange: contract.check });
  ({ violations, checked } = contract);
}

describe.each(descriptions)('by %s', (_, description) => {
  beforeEach(() => startWith(description));
  afterEach(() => sandbox.close());

  test('a wrong request is named', async () => {
    const contract = await discordContract(description);
    contract.check(
      exchange({ requestBody: { content: 5 }, status: 400, responseBody: { code: 50035, message: 'x' } }),
    );
    expect(contract.violations).toHaveLength(1);
    expect(contract.violations[0]).toContain('request: /content');
  });

  test('a wrong answer is named', async () => {
    const contract = await discordContract(description);
    contract.check(exchange({ requestBody: { content: 'x' }, responseBody: { id: '1' } }));
    contract.check(exchange({ requestBody: { content: 'x' }, status: 400, responseBody: { error: 'x' } }));
    contract.check(exchange({ method: 'GET', path: '/gateway/bot', responseBody: { url: 'ws://x' } }));
    expect(contract.violations.map((line) => /answer/.test(line))).toEqual([true, true, true]);
  });

  test('what a bot does all day breaks nothing on either side', async () => {
    const { staffGuild } = sandbox.world;
    const guest = sandbox.world.user('guest').id;
    const operations = sandbox.world.channel('operations').id;
    const bot = await connect(sandbox, async (interaction) => {
      if (interaction.isAutocomplete()) return interaction.respond([{ name: 'a', value: 'b' }]);
      if (interaction.isButton()) return interaction.update({ content: 'pressed', components: [] });
      if (!interaction.isChatInputCommand()) return undefined;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const row = {
        type: 1 as const,
        components: [{ type: 2 as const, style: 1 as const, label: 'Go', customId: 'go' }],
      };
      const select = {
        ...{ type: 3 as const, customId: 'pick', placeholder: 'Pick' },
        options: [{ label: 'One', value: '1' }],
      };
      await interaction.editReply({
        embeds: [{ title: 'T', fields: [{ name: 'n', value: 'v' }], footer: { text: 'f' }, color: 1 }],
        components: [row, { type: 1, components: [select] }],
      });
      const followUp = await interaction.followUp({
        content: 'x',
        files: [{ attachment: Buffer.from('x'), name: 'x.txt' }],
      });
      await interaction.webhook.fetchMessage('@original');
      return interaction.deleteReply(followUp);
    });
    const { client } = bot;
    const option = { type: 3 as const, name: 'name', description: 'A name', autocomplete: true };
    const command = { name: 'go', description: 'Goes', options: [option], defaultMemberPermissions: '32' };
    await client.application.fetch();
    await client.application.commands.set([{ ...command, name: 'global', contexts: [0] }]);
    await client.application.commands.set([command], staffGuild.id);
    const created = await client.application.commands.create({ ...command, name: 'other' }, staffGuild.id);
    await created.edit({ description: 'Changed' });
    await created.delete();
    await client.application.commands.fetch({ guildId: staffGuild.id, withLocalizations: true });
    const admin = sandbox.as('admin').in('general');
    const seen = await admin.slash('/go', { name: 'x' });
    await admin.complete('/go', { name: 'x' }, 'name');
    expect((await admin.click(seen, 'Go')).content).toBe('pressed');

    const guild = await client.guilds.fetch(staffGuild.id);
    await guild.fetch();
    await guild.channels.fetch();
    await guild.roles.fetch();
    await guild.members.fetch({ user: guest, force: true });
    const text = await client.channels.fetch(operations);
    if (!text?.isSendable() || text.isDMBased() || text.isThread())
      throw new Error('#operations is a text channel.');
    const sent = await text.send({
      content: 'Hi <@&1>',
      nonce: '1',
      enforceNonce: true,
      allowedMentions: { parse: [] },
    });
    await text.send({
      flags: MessageFlags.IsComponentsV2,
      components: [new TextDisplayBuilder({ content: 'V2' })],
    });
    await sent.edit({ content: 'Hello' });
    await sent.reply('A reply');
    await text.messages.fetch({ limit: 5 });
    await text.messages.fetch({ message: sent.id, force: true });
    const thread = await sent.startThread({ name: 'Talk' });
    await thread.send('In the thread');
    await thread.setArchived(true);
    await sent.delete();
    const direct = await client.users.createDM(guest);
    await direct.send('Direct');
    await new REST({ api: sandbox.apiUrl }).setToken(sandbox.botToken).get(Routes.user(guest));
    await bot.close();
    expect(violations).toEqual([]);
    expect(checked()).toBeGreaterThan(30);
  });
});

test('an operation that Discord does not have is named', async () => {
  if (!openApi) return;
  const contract = await discordContract(openApi);
  contract.check(exchange({ path: '/channels/1/mesages', status: 200 }));
  contract.check(exchange({ method: 'GET', query: new URLSearchParams({ limt: '1' }), responseBody: [] }));
  expect(contract.violations[0]).toContain('no such operation');
  expect(contract.violations.at(-1)).toContain('unknown query parameter "limt"');
});
