import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  Events,
  GatewayIntentBits,
  SlashCommandBuilder,
  type ChatInputCommandInteraction,
  type Interaction,
  type Message,
} from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';
import { Play, ScenarioFailed } from '../../../src/sandbox/scenarios/Play.js';
import type { Scenario } from '../../../src/sandbox/scenarios/scenarios.js';
import { Transcript } from '../../../src/sandbox/scenarios/Transcript.js';

/** How a bot that only pretends to judge plays its part. */
interface Part {
  /** The card's headlines, one after the other: the next is shown when somebody looks at the last, or at once. */
  readonly headlines: readonly string[];
  /** What a member is greeted with in the end. */
  readonly greeting: string;
}

const commands = [
  new SlashCommandBuilder()
    .setName('feature')
    .setDescription('Flags')
    .addSubcommand((create) =>
      create
        .setName('create')
        .setDescription('Makes one')
        .addStringOption((name) => name.setName('name').setDescription('Which'))
        .addStringOption((text) => text.setName('description').setDescription('What it does')),
    ),
  new SlashCommandBuilder()
    .setName('rollout')
    .setDescription('Rollouts')
    .addSubcommand((start) =>
      start
        .setName('start')
        .setDescription('Starts one')
        .addStringOption((name) => name.setName('name').setDescription('Which')),
    ),
  new SlashCommandBuilder().setName('hello').setDescription('Greets'),
].map((command) => command.toJSON());

const row = (...labels: string[]) =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    labels.map((label) =>
      new ButtonBuilder().setCustomId(label).setLabel(label).setStyle(ButtonStyle.Secondary),
    ),
  );

class Pretender {
  private shown = 0;
  private card: Message | undefined;

  public constructor(
    private readonly client: Client,
    private readonly operations: string,
    private readonly part: Part,
  ) {
    client.on(Events.InteractionCreate, (interaction) => {
      this.answer(interaction).catch((error: unknown) => client.emit(Events.Error, error as Error));
    });
  }

  private async answer(interaction: Interaction): Promise<void> {
    if (interaction.isChatInputCommand()) return this.command(interaction);
    if (!interaction.isButton()) return;
    await interaction.reply(`${interaction.customId} it is`);
    if (interaction.customId === 'Start' || interaction.customId === 'Resume') await this.show();
  }

  private async command(interaction: ChatInputCommandInteraction): Promise<void> {
    if (interaction.commandName === 'hello') await interaction.reply(this.part.greeting);
    else if (interaction.commandName === 'feature') await interaction.reply('Created');
    else await interaction.reply({ content: 'Start the rollout?', components: [row('Start')] });
  }

  private async show(): Promise<void> {
    const headline = this.part.headlines[this.shown++] ?? 'gone';
    const body = { content: `new_greeting  ${headline}`, components: [row('Resume', 'Why?')] };
    const channel = await this.client.channels.fetch(this.operations);
    if (!channel?.isSendable()) throw new Error('The bot may not write to #operations.');
    if (this.card) await this.card.edit(body);
    else this.card = await channel.send(body);
  }
}

let sandbox: Sandbox;
let client: Client;

afterEach(async () => {
  await client?.destroy();
  await sandbox?.close();
});

/** The transcript of a play; rejects as the play does. */
async function play(part: Part, ends: Scenario['ends']): Promise<string> {
  sandbox = await startSandbox({ port: 0, guilds: 4 });
  sandbox.simulation.turn({ speed: 3_600 });
  client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: sandbox.apiUrl } });
  new Pretender(client, sandbox.world.channel('operations').id, part);
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(sandbox.botToken);
  await (await ready).application.commands.set(commands);
  const lines: string[] = [];
  const transcript = new Transcript(sandbox, (line) => lines.push(line));
  const scenario: Scenario = { name: 'x', about: 'x', knobs: { errors: 2 }, daysBefore: 0, ends };
  await new Play(sandbox, scenario, transcript).give();
  return lines.join('\n');
}

test('a rollout that ends as it has to passes, and is asked why', async () => {
  const lines = await play({ headlines: ['Rolled back'], greeting: 'old greeting' }, 'rolled back');
  expect(lines).toMatch(/admin +\/rollout start name:new_greeting/);
  expect(lines).toMatch(/admin +presses Start/);
  expect(lines).toMatch(/admin +presses Why\?/);
  expect(lines).toMatch(/member +\/hello → old greeting/);
});

test('a rollout that ends in another way fails', async () => {
  const played = play({ headlines: ['Completed'], greeting: 'new greeting' }, 'rolled back');
  await expect(played).rejects.toThrow(ScenarioFailed);
  await expect(played).rejects.toThrow('It was completed, and had to be rolled back.');
});

test('what members see counts, not what the card says', async () => {
  const played = play({ headlines: ['Rolled back'], greeting: 'new greeting' }, 'rolled back');
  await expect(played).rejects.toThrow('A member should have met the old greeting.');
});

test('a healthy rollout that was paused is looked at and goes on', async () => {
  const lines = await play(
    { headlines: ['Paused: 5 %', 'Completed'], greeting: 'new greeting' },
    'completed',
  );
  expect(lines).toMatch(/presses Why\?[^]*presses Resume[^]*Completed/);
});

test('a healthy rollout that is paused again and again is not healthy', async () => {
  const headlines = ['Paused', 'Paused', 'Paused', 'Completed'];
  await expect(play({ headlines, greeting: 'new greeting' }, 'completed')).rejects.toThrow('again and again');
});
