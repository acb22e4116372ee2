import { Command, type ApplicationCommandRegistry } from '@sapphire/framework';
import type { ChatInputCommandInteraction } from 'discord.js';
import { newGreetings, oldGreetings } from '../greetings/index.js';

/** The command that moves: where `service_layer` is on, the new service answers. */
export class GreetCommand extends Command {
  public override registerApplicationCommands(registry: ApplicationCommandRegistry): void {
    registry.registerChatInputCommand((command) =>
      command
        .setName('greet')
        .setDescription('Greets somebody')
        .addStringOption((option) => option.setName('name').setDescription('Whom').setRequired(true)),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    const name = interaction.options.getString('name', true);
    const content = await this.container.rollouts.choose('service_layer', interaction.guildId, {
      candidate: () => newGreetings.greet(name),
      control: () => oldGreetings.sayHello(name),
      // People get an answer even where the new service fails; the rollout sees the failure all the same.
      fallback: true,
      // Greeting changes nothing, so both may run: one call in five tells how they differ.
      compare: { share: 0.2, timeoutMs: 1000 },
    });
    await interaction.reply({ content, allowedMentions: { parse: [] } });
  }
}
