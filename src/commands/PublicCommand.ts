/** The base of our commands for everyone: one act, no subcommands, in guilds only. Being of this class marks a command as ours. */
import { Command, container, type ApplicationCommandRegistry } from '@sapphire/framework';
import {
  ApplicationIntegrationType,
  InteractionContextType,
  SlashCommandBuilder,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import type { House } from '../lib/discord/House.js';
import { oneLine, shorten } from '../lib/discord/inert.js';
import { orRefuse } from '../lib/discord/refusals.js';
import { Turn } from '../lib/discord/Turn.js';
import type { Suggestion } from '../lib/flags/FlagsRoom.js';

export interface PublicDefinition {
  readonly description: string;
  /** Adds the options, required ones first. */
  add(to: SlashCommandBuilder): unknown;
  /** Suggestions for the option that is being typed, best first. */
  complete(typed: string, house: House): readonly Suggestion[];
  /** True where it answers with a form: nobody can be asked to wait before one. */
  readonly opensForm: boolean;
  run(turn: Turn<ChatInputCommandInteraction>, guildId: string): Promise<void>;
}

export abstract class PublicCommand extends Command {
  protected constructor(
    context: Command.LoaderContext,
    public readonly definition: PublicDefinition,
  ) {
    // Virtual pieces have no folder to take the category from.
    super(context, { description: definition.description, fullCategory: ['Rollouts'] });
  }

  public override registerApplicationCommands(registry: ApplicationCommandRegistry): void {
    registry.registerChatInputCommand((builder) => this.build(builder));
  }

  /** @param builder the framework's own where it registers: of a builder from another copy of the package it would drop half */
  public build(builder = new SlashCommandBuilder()): SlashCommandBuilder {
    const { description } = this.definition;
    builder
      .setName(this.name)
      .setDescription(description)
      .setContexts(InteractionContextType.Guild)
      .setIntegrationTypes(ApplicationIntegrationType.GuildInstall);
    this.definition.add(builder);
    return builder;
  }

  public override async chatInputRun(interaction: ChatInputCommandInteraction): Promise<void> {
    const { rollouts } = container;
    const { guildId } = interaction;
    // Discord offers it in guilds only.
    if (guildId === null) return;
    const turn = new Turn(rollouts, interaction);
    const { opensForm } = this.definition;
    const run = () => this.definition.run(turn, guildId);
    await orRefuse(rollouts, interaction, { what: `/${this.name}`, onlyShows: false }, () =>
      opensForm ? run() : turn.inTime(run),
    );
  }

  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    const suggestions = this.definition.complete(interaction.options.getFocused(), container.rollouts);
    await interaction.respond(
      suggestions.slice(0, 25).map(({ name, value }) => ({ name: shorten(oneLine(name), 100), value })),
    );
  }
}
