import { Command, type ApplicationCommandRegistry } from '@sapphire/framework';
import type { ChatInputCommandInteraction } from 'discord.js';
import { Deprecated } from 'sapphire-plugin-rollouts';
import { legacyGreetings } from '../greetings/index.js';

/** The command that goes: it still works, and says what to use instead. Its code has not been moved yet. */
@Deprecated({ since: '1.4.0', removeIn: '2.0.0', instead: '/greet', flag: 'service_layer' })
export class HelloCommand extends Command {
  public override registerApplicationCommands(registry: ApplicationCommandRegistry): void {
    registry.registerChatInputCommand({ name: 'hello', description: 'Greets you' });
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    await interaction.reply(await legacyGreetings.sayHello(interaction.user.displayName));
  }
}
