/** A small bot on the real discord.js that has one of each: subcommands, completion, buttons, a select, a modal, slow answers. */
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
  type ChatInputCommandInteraction,
  type Interaction,
} from 'discord.js';

const flags = ['new_greeting', 'new_error_handling', 'use_service_layer'];

const commands = [
  new SlashCommandBuilder()
    .setName('feature')
    .setDescription('Flags')
    .addSubcommand((list) => list.setName('list').setDescription('All flags and how they stand'))
    .addSubcommand((enable) =>
      enable
        .setName('enable')
        .setDescription('Turn a flag on')
        .addStringOption((name) =>
          name.setName('name').setDescription('Which flag').setRequired(true).setAutocomplete(true),
        )
        .addNumberOption((percentage) => percentage.setName('percentage').setDescription('How many guilds'))
        .addBooleanOption((quiet) => quiet.setName('quiet').setDescription('Tell nobody')),
    ),
  new SlashCommandBuilder().setName('mute').setDescription('Is never answered'),
  new SlashCommandBuilder().setName('dm').setDescription('Sends a direct message'),
  new SlashCommandBuilder().setName('thread').setDescription('Begins a thread'),
].map((command) => command.toJSON());

function button(id: string, label: string, style: ButtonStyle): ButtonBuilder {
  return new ButtonBuilder().setCustomId(id).setLabel(label).setStyle(style);
}

async function list(interaction: ChatInputCommandInteraction): Promise<void> {
  const choose = new StringSelectMenuBuilder()
    .setCustomId('choose')
    .setPlaceholder('Choose a flag')
    .addOptions(flags.map((flag) => ({ label: flag, value: flag, description: `About ${flag}` })));
  await interaction.reply({
    flags: MessageFlags.Ephemeral,
    embeds: [
      new EmbedBuilder()
        .setTitle('Flags')
        .setDescription(flags.map((flag) => `\`${flag}\` **off**`).join('\n')),
    ],
    components: [
      new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(choose),
      new ActionRowBuilder<ButtonBuilder>().addComponents(button('form', 'Edit', ButtonStyle.Primary)),
    ],
  });
}

async function enable(interaction: ChatInputCommandInteraction): Promise<void> {
  const name = interaction.options.getString('name', true);
  const percentage = interaction.options.getNumber('percentage') ?? 100;
  await interaction.reply({
    embeds: [
      new EmbedBuilder()
        .setTitle(`${name.replaceAll('_', '\\_')} is on`)
        .setDescription(`0 % → **${percentage} %** by <@${interaction.user.id}>`)
        .addFields({ name: 'Guilds', value: '0 → 50', inline: true }),
    ],
    components: [
      new ActionRowBuilder<ButtonBuilder>().addComponents(button('undo', 'Undo', ButtonStyle.Secondary)),
    ],
  });
}

async function command(interaction: ChatInputCommandInteraction): Promise<void> {
  if (interaction.commandName === 'feature') {
    await (interaction.options.getSubcommand() === 'list' ? list(interaction) : enable(interaction));
  } else if (interaction.commandName === 'dm') {
    await interaction.user.send('For you alone');
    await interaction.reply('Sent');
  } else if (interaction.commandName === 'thread') {
    const answer = await interaction.reply({ content: 'Here it begins', withResponse: true });
    const thread = await answer.resource?.message?.startThread({ name: 'talk' });
    await thread?.send('In the thread');
  }
}

async function answer(interaction: Interaction): Promise<void> {
  if (interaction.isChatInputCommand()) return command(interaction);
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused();
    await interaction.respond(
      flags.filter((flag) => flag.includes(typed)).map((flag) => ({ name: flag, value: flag })),
    );
  } else if (interaction.isStringSelectMenu()) {
    await interaction.update({ content: `Chosen: ${interaction.values.join()}`, embeds: [], components: [] });
  } else if (interaction.isButton() && interaction.customId === 'undo') {
    await interaction.update({ content: `Undone by ${interaction.user.username}`, components: [] });
  } else if (interaction.isButton()) {
    const reason = new TextInputBuilder()
      .setCustomId('reason')
      .setLabel('Reason')
      .setStyle(TextInputStyle.Short);
    await interaction.showModal(
      new ModalBuilder()
        .setCustomId('edit')
        .setTitle('Edit the flag')
        .addComponents(new ActionRowBuilder<TextInputBuilder>().addComponents(reason))
        .addLabelComponents(
          new LabelBuilder()
            .setLabel('Severity')
            .setStringSelectMenuComponent(
              new StringSelectMenuBuilder()
                .setCustomId('severity')
                .addOptions(
                  { label: 'minor', value: 'minor', default: true },
                  { label: 'major', value: 'major' },
                ),
            ),
        ),
    );
  } else if (interaction.isModalSubmit()) {
    const { fields } = interaction;
    const severity = fields.getStringSelectValues('severity').join();
    await interaction.reply(`Reason given: ${fields.getTextInputValue('reason')}, ${severity}`);
  }
}

/** Resolves when the bot is ready and its commands are known. */
export async function startTinyBot(apiUrl: string, token: string): Promise<Client> {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: apiUrl } });
  client.on(Events.InteractionCreate, (interaction) => {
    answer(interaction).catch((error: unknown) => client.emit(Events.Error, error as Error));
  });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(token);
  await (await ready).application.commands.set(commands);
  return client;
}
