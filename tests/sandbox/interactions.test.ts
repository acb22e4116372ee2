import {
  ActionRowBuilder,
  ApplicationCommandOptionType as Type,
  ButtonBuilder,
  ButtonStyle,
  MessageFlags,
  ModalBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
  type ApplicationCommandDataResolvable,
  type Interaction,
} from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { connect, type Connected } from './connect.js';

const commands: ApplicationCommandDataResolvable[] = [
  {
    name: 'say',
    description: 'Says it',
    options: [
      { name: 'how', type: Type.String, description: 'How to answer', required: true },
      { name: 'text', type: Type.String, description: 'A text', autocomplete: true },
      { name: 'number', type: Type.Integer, description: 'A number', minValue: 1, maxValue: 5 },
      { name: 'who', type: Type.User, description: 'A person' },
      { name: 'where', type: Type.Channel, description: 'A channel' },
    ],
  },
  {
    name: 'nested',
    description: 'Has subcommands',
    options: [
      {
        name: 'group',
        type: Type.SubcommandGroup,
        description: 'A group',
        options: [{ name: 'sub', type: Type.Subcommand, description: 'A subcommand', options: [] }],
      },
    ],
  },
];

const row = () =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('update').setLabel('Update').setStyle(ButtonStyle.Primary),
    new ButtonBuilder().setCustomId('defer').setLabel('Defer').setStyle(ButtonStyle.Secondary),
    new ButtonBuilder().setCustomId('ask').setLabel('Ask').setStyle(ButtonStyle.Secondary),
    new ButtonBuilder().setCustomId('off').setLabel('Off').setStyle(ButtonStyle.Danger).setDisabled(true),
  );
const select = () =>
  new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
    new StringSelectMenuBuilder()
      .setCustomId('pick')
      .setPlaceholder('Pick one')
      .setOptions([
        { label: 'First', value: '1' },
        { label: 'Second', value: '2' },
      ]),
  );

async function answer(interaction: Interaction): Promise<unknown> {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused();
    return interaction.respond([{ name: `${typed}!`, value: typed }]);
  }
  if (interaction.isModalSubmit())
    return interaction.reply(`Typed: ${interaction.fields.getTextInputValue('reason')}`);
  if (interaction.isStringSelectMenu())
    return interaction.update({ content: `Chose ${interaction.values.join()}`, components: [] });
  if (interaction.isButton()) {
    if (interaction.customId === 'update') return interaction.update({ content: 'Updated' });
    if (interaction.customId === 'ask') {
      const input = new TextInputBuilder()
        .setCustomId('reason')
        .setLabel('Reason')
        .setStyle(TextInputStyle.Short);
      const inputs = new ActionRowBuilder<TextInputBuilder>().addComponents(input);
      return interaction.showModal(
        new ModalBuilder().setCustomId('why').setTitle('Why?').addComponents(inputs),
      );
    }
    await interaction.deferUpdate();
    return interaction.editReply({ content: 'Edited after a deferral' });
  }
  if (!interaction.isChatInputCommand()) return undefined;
  if (interaction.commandName === 'nested') {
    return interaction.reply(
      `${interaction.options.getSubcommandGroup()} ${interaction.options.getSubcommand()}`,
    );
  }
  const { options } = interaction;
  switch (options.getString('how')) {
    case 'plain': {
      const where = options.getChannel('where');
      return interaction.reply(
        [
          options.getString('text'),
          options.getInteger('number'),
          options.getUser('who')?.toString(),
          where === null ? '' : `<#${where.id}>`,
        ].join(' '),
      );
    }
    case 'hidden':
      return interaction.reply({ content: 'Only for you', flags: MessageFlags.Ephemeral });
    case 'controls':
      return interaction.reply({ content: 'Press', components: [row(), select()] });
    case 'deferred': {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply('Done');
      return interaction.followUp({ content: 'And more', flags: MessageFlags.Ephemeral });
    }
    case 'file':
      return interaction.reply({
        content: 'A file',
        files: [{ attachment: Buffer.from('a,b\n'), name: 'table.csv' }],
      });
    case 'reply': {
      const reply = await interaction.reply({ content: 'With response', withResponse: true });
      return reply.resource?.message?.edit('The reply as a message');
    }
    default:
      return undefined;
  }
}

let sandbox: Sandbox;
let bot: Connected;

beforeAll(async () => {
  sandbox = await startSandbox({ patience: { firstMs: 300 } });
  bot = await connect(sandbox, answer);
  await bot.client.application.commands.set(commands, sandbox.world.staffGuild.id);
});

afterAll(async () => {
  await bot.close();
  await sandbox.close();
});

const admin = () => sandbox.as('admin').in('general');

test('a slash command reaches the bot with all its options, and its answer is seen', async () => {
  const values = { how: 'plain', text: 'hi', number: 3, who: 'guest', where: '#operations' };
  const seen = await admin().slash('/say', values);
  expect(seen.text).toBe('hi 3 @guest #operations');
  expect(seen).toMatchObject({ author: 'Rollouts', ephemeral: false, edited: false });
});

test('a subcommand in a group is found by its path', async () => {
  expect((await admin().slash('/nested group sub')).content).toBe('group sub');
});

test('what the client would not send is refused before the bot hears of it', async () => {
  await expect(admin().slash('/nope')).rejects.toThrow('offered no command /nope');
  await expect(admin().slash('/nested')).rejects.toThrow('needs a subcommand: group');
  await expect(admin().slash('/say', {})).rejects.toThrow('"how" is required');
  await expect(admin().slash('/say', { how: 'plain', number: 9 })).rejects.toThrow('must be 5 or less');
  await expect(admin().slash('/say', { how: 'plain', number: 1.5 })).rejects.toThrow('not a whole number');
  await expect(admin().slash('/say', { how: 'plain', other: 1 })).rejects.toThrow('No option "other"');
});

test('completion asks the bot with what has been typed', async () => {
  expect(await admin().complete('/say', { text: 'ne' }, 'text')).toEqual([{ name: 'ne!', value: 'ne' }]);
});

test('an ephemeral answer is seen by its owner only', async () => {
  const seen = await admin().slash('/say', { how: 'hidden' });
  expect(seen.ephemeral).toBe(true);
  const ids = async (who: string) => (await sandbox.as(who).in('general').messages()).map(({ id }) => id);
  expect(await ids('admin')).toContain(seen.id);
  expect(await ids('staff')).not.toContain(seen.id);
  await expect(sandbox.as('staff').in('general').click(seen, 'x')).rejects.toThrow('sees no message');
});

test('behind "thinking" the person sees the answer, then the follow-up', async () => {
  const followUp = admin().next(({ content }) => content === 'And more');
  const seen = await admin().slash('/say', { how: 'deferred' });
  expect(seen).toMatchObject({ content: 'Done', ephemeral: true, edited: false, thinking: false });
  expect((await followUp).ephemeral).toBe(true);
});

test('a button updates its message, at once or after a deferral', async () => {
  const seen = await admin().slash('/say', { how: 'controls' });
  expect(seen.buttons).toEqual(['Update', 'Defer', 'Ask']);
  expect(seen.text).toBe('Press\n[Update]\n[Defer]\n[Ask]\n[Off]\n[Pick one]');
  expect(await admin().click(seen, 'Update')).toMatchObject({
    id: seen.id,
    content: 'Updated',
    edited: true,
  });
  expect(await admin().click(seen, 'Defer')).toMatchObject({
    id: seen.id,
    content: 'Edited after a deferral',
  });
  await expect(admin().click(seen, 'Off')).rejects.toThrow('greyed out');
  await expect(admin().click(seen, 'Missing')).rejects.toThrow('no button "Missing"');
});

test('a select is answered with the chosen values', async () => {
  const seen = await admin().slash('/say', { how: 'controls' });
  const after = await admin().choose(seen, 'Pick one', ['Second']);
  expect(after).toMatchObject({ content: 'Chose 2', components: [] });
  await expect(admin().choose(seen, 'Pick one', ['Second'])).rejects.toThrow('no select');
});

test('a button opens a modal, and what is typed there reaches the bot', async () => {
  const seen = await admin().slash('/say', { how: 'controls' });
  const modal = await admin().click(seen, 'Ask');
  expect(modal.modal).toMatchObject({ title: 'Why?', fields: [{ label: 'Reason', required: true }] });
  await expect(admin().submit(modal, { Reason: '' })).rejects.toThrow('"Reason" is required');
  expect((await admin().submit(modal, { Reason: 'because' })).content).toBe('Typed: because');
});

test('a file comes back byte for byte', async () => {
  const seen = await admin().slash('/say', { how: 'file' });
  const [file] = seen.attachments;
  expect(file).toMatchObject({ filename: 'table.csv', size: 4 });
  const response = await fetch(file?.url ?? '');
  expect(await response.text()).toBe('a,b\n');
});

test('the answer to a command can be edited as a message', async () => {
  const edited = admin().next(({ content }) => content === 'The reply as a message');
  await admin().slash('/say', { how: 'reply' });
  expect((await edited).edited).toBe(true);
});

test('a bot that says nothing is shown as a failure', async () => {
  await expect(admin().slash('/say', { how: 'silence' })).rejects.toThrow('The application did not respond');
});
