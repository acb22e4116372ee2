import { Command, type ApplicationCommandRegistry } from '@sapphire/framework';
import { InteractionContextType, type ChatInputCommandInteraction } from 'discord.js';

/** Greets; how, depends on the flag `new_greeting` for the guild: the effect of a flag is visible at once. */
export class HelloCommand extends Command {
  public constructor(context: Command.LoaderContext, options: Command.Options) {
    super(context, {
      ...options,
      fullCategory: ['Demo'],
      description: 'Says hello, the old way or the new one',
    });
  }

  public override registerApplicationCommands(registry: ApplicationCommandRegistry): void {
    registry.registerChatInputCommand((command) =>
      command
        .setName(this.name)
        .setDescription(this.description)
        .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM),
    );
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    const isNew = this.container.rollouts.flags.isEnabled('new_greeting', interaction.guildId);
    await interaction.reply({
      content: isNew
        ? `✨ Welcome, ${interaction.user.displayName}! This is the **new** greeting.`
        : 'Hello. (This is the old greeting.)',
      allowedMentions: { parse: [] },
    });
  }
}
