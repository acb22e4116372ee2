import { Command, type ApplicationCommandRegistry } from '@sapphire/framework';
import type { ChatInputCommandInteraction } from 'discord.js';
import { RequiresFeature } from 'sapphire-plugin-rollouts';
import { newGreetings } from '../greetings/index.js';

/** Something that only the new service can do: elsewhere people are told that it is not there yet. */
@RequiresFeature('service_layer', { message: 'Shouting comes to this server soon.' })
export class ShoutCommand extends Command {
  public override registerApplicationCommands(registry: ApplicationCommandRegistry): void {
    registry.registerChatInputCommand({ name: 'shout', description: 'Greets everybody, loudly' });
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    await interaction.reply(await newGreetings.greet('everybody', { isLoud: true }));
  }
}
