/** The base of every command of ours: turns a definition into a piece. Being of this class marks a command as ours. */
import { container, type ApplicationCommandRegistry } from '@sapphire/framework';
import { Subcommand } from '@sapphire/plugin-subcommands';
import type { AutocompleteInteraction } from 'discord.js';
import { oneLine, shorten } from '../lib/discord/inert.js';
import { personOf } from '../lib/discord/person.js';
import { orRefuse, type Tried } from '../lib/discord/refusals.js';
import { may } from '../lib/discord/rights.js';
import { Turn } from '../lib/discord/Turn.js';
import { buildCommand } from './buildCommand.js';
import type { CommandDefinition, SubcommandDefinition } from './definition.js';

const preconditions: Readonly<
  Record<SubcommandDefinition['needs'], 'RolloutAdmin' | 'RolloutStaff' | 'GuildManager'>
> = {
  admin: 'RolloutAdmin',
  narrow: 'RolloutStaff',
  look: 'RolloutStaff',
  manager: 'GuildManager',
};

export abstract class RolloutsCommand extends Subcommand {
  protected constructor(
    context: Subcommand.LoaderContext,
    public readonly definition: CommandDefinition,
  ) {
    super(context, {
      description: definition.description,
      // Virtual pieces have no folder to take it from.
      fullCategory: ['Rollouts'],
      subcommands: definition.subcommands.map((subcommand) => ({
        name: subcommand.name,
        preconditions: [preconditions[subcommand.needs]],
        chatInputRun: (interaction: Subcommand.ChatInputCommandInteraction) => {
          const turn = new Turn(container.rollouts, interaction);
          const tried = this.tried(subcommand.name);
          return orRefuse(turn.house, interaction, tried, () =>
            turn.inTime(async () => {
              // The precondition lets everyone pass who may look.
              turn.require(subcommand.needs);
              await subcommand.run(turn);
            }),
          );
        },
      })),
    });
  }

  /** For what is answered where it fails. */
  public tried(subcommand: string): Tried {
    const onlyShows = this.subcommand(subcommand)?.onlyShows ?? false;
    return { what: `/${this.name} ${subcommand}`, onlyShows };
  }

  public override registerApplicationCommands(registry: ApplicationCommandRegistry): void {
    const isForStaff = this.definition.audience === 'staff';
    registry.registerChatInputCommand(
      (builder) => buildCommand(this.name, this.definition, builder),
      isForStaff ? { guildIds: [container.rollouts.config.staff.guildId] } : {},
    );
  }

  /** Suggests nothing to those who may not run it: names of flags and guilds are not for everyone. */
  public override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    const { rollouts } = container;
    const focused = interaction.options.getFocused(true);
    const subcommand = this.subcommand(interaction.options.getSubcommand(false));
    const option = subcommand?.options.find(({ name }) => name === focused.name);
    const isAllowed =
      subcommand !== undefined && may(personOf(interaction), subcommand.needs, rollouts.config.staff);
    const suggestions =
      isAllowed && interaction.guildId !== null
        ? ((await option?.complete?.(focused.value, rollouts, interaction.guildId)) ?? [])
        : [];
    await interaction.respond(
      suggestions
        .filter(({ value }) => value.length <= 100)
        .slice(0, 25)
        .map(({ name, value }) => ({ name: shorten(oneLine(name), 100), value })),
    );
  }

  private subcommand(name: string | null): SubcommandDefinition | undefined {
    return this.definition.subcommands.find((subcommand) => subcommand.name === name);
  }
}
