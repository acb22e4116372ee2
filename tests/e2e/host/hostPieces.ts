/** Pieces of a host that hang on the flag `layer`, and one that is about to go. Loaded before the bot is built. */
import {
  Command,
  container,
  InteractionHandler,
  InteractionHandlerTypes,
  Listener,
  type ApplicationCommandRegistry,
} from '@sapphire/framework';
import { Subcommand } from '@sapphire/plugin-subcommands';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Events,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Guild,
} from 'discord.js';
import { Deprecated } from '../../../src/decorators/Deprecated.js';
import { RequiresFeature } from '../../../src/decorators/RequiresFeature.js';

type Chat = ChatInputCommandInteraction;

/** What ran, in order. */
export const ran: string[] = [];

const describe = (name: string) => ({ name, description: name });

@RequiresFeature('layer')
class GatedCommand extends Command {
  public override registerApplicationCommands(registry: ApplicationCommandRegistry): void {
    registry.registerChatInputCommand(describe('gated'));
  }

  public override async chatInputRun(interaction: Chat): Promise<void> {
    ran.push('gated');
    await interaction.reply('The gated answer.');
  }
}

class MixedCommand extends Subcommand {
  public constructor(context: Subcommand.LoaderContext) {
    super(context, {
      subcommands: [
        { name: 'new', chatInputRun: 'fresh' },
        { name: 'old', chatInputRun: 'stale' },
      ],
    });
  }

  public override registerApplicationCommands(registry: ApplicationCommandRegistry): void {
    registry.registerChatInputCommand((builder) =>
      builder
        .setName('mixed')
        .setDescription('mixed')
        .addSubcommand((sub) => sub.setName('new').setDescription('new'))
        .addSubcommand((sub) => sub.setName('old').setDescription('old')),
    );
  }

  @RequiresFeature('layer', { message: 'Ask again in *June*.' })
  public async fresh(interaction: Chat): Promise<void> {
    ran.push('fresh');
    await interaction.reply('The new answer.');
  }

  @Deprecated({ since: '1.0.0', removeIn: '99.0.0', instead: '/mixed new', flag: 'layer' })
  public async stale(interaction: Chat): Promise<void> {
    ran.push('stale');
    await interaction.reply('The old answer.');
  }
}

@Deprecated({ since: '1.0.0', removeIn: '99.0.0', instead: '/gated', flag: 'layer' })
class OldCommand extends Command {
  public override registerApplicationCommands(registry: ApplicationCommandRegistry): void {
    registry.registerChatInputCommand(describe('old'));
  }

  public override async chatInputRun(interaction: Chat): Promise<void> {
    await interaction.reply('Still here.');
  }
}

class ButtonCommand extends Command {
  public override registerApplicationCommands(registry: ApplicationCommandRegistry): void {
    registry.registerChatInputCommand(describe('button'));
  }

  public override async chatInputRun(interaction: Chat): Promise<void> {
    const button = new ButtonBuilder()
      .setCustomId('host-button')
      .setLabel('Press')
      .setStyle(ButtonStyle.Primary);
    await interaction.reply({
      content: 'A button.',
      components: [new ActionRowBuilder<ButtonBuilder>().addComponents(button)],
    });
  }
}

@RequiresFeature('layer')
class GatedButton extends InteractionHandler {
  public constructor(context: InteractionHandler.LoaderContext) {
    super(context, { interactionHandlerType: InteractionHandlerTypes.Button });
  }

  public override parse(interaction: ButtonInteraction) {
    return interaction.customId === 'host-button' ? this.some() : this.none();
  }

  public override async run(interaction: ButtonInteraction): Promise<void> {
    ran.push('button');
    await interaction.reply('Pressed.');
  }
}

@RequiresFeature('layer')
class GatedListener extends Listener<typeof Events.GuildUpdate> {
  public constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.GuildUpdate });
  }

  public override run(before: Guild): void {
    ran.push(`guild ${before.id}`);
  }
}

export function loadHostPieces(): void {
  const load = container.stores.loadPiece.bind(container.stores);
  void load({ store: 'commands', name: 'gated', piece: GatedCommand });
  void load({ store: 'commands', name: 'mixed', piece: MixedCommand });
  void load({ store: 'commands', name: 'old', piece: OldCommand });
  void load({ store: 'commands', name: 'button', piece: ButtonCommand });
  void load({ store: 'interaction-handlers', name: 'host-button', piece: GatedButton });
  void load({ store: 'listeners', name: 'host-guild', piece: GatedListener });
}
