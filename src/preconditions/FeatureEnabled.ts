import { AllFlowsPrecondition, container } from '@sapphire/framework';
import type { ChatInputCommandInteraction, ContextMenuCommandInteraction, Message } from 'discord.js';

/** What a command that hangs on a flag says to the precondition. */
export interface FeatureGate {
  readonly flag: string;
  /** What the person is told where it is off. @default "This is not available here yet." */
  readonly message?: string;
  /**
   * Who tells them: the plugin, or the bot's own listeners for denied commands. In the first case the error's context is
   * `silent`, which by Sapphire's custom keeps such listeners quiet.
   * @default 'plugin'
   */
  readonly answeredBy?: 'plugin' | 'host';
}

/** What the precondition is told of the command it guards. */
export interface FeatureEnabledContext extends AllFlowsPrecondition.Context, FeatureGate {}

/** The identifier of the UserError where a flag is off; its context is `{ flag, silent }`. */
export const featureDisabledIdentifier = 'featureDisabled';
export const featureDisabledMessage = 'This is not available here yet.';

/**
 * For commands of the host: lets them run where a flag is on.
 *
 * @example
 * super(context, { preconditions: [{ name: 'FeatureEnabled', context: { flag: 'new_greeting' } }] });
 */
export class FeatureEnabled extends AllFlowsPrecondition {
  public override messageRun(message: Message, _command: unknown, context: FeatureEnabledContext) {
    return this.check(message.guildId, context);
  }

  public override chatInputRun(
    interaction: ChatInputCommandInteraction,
    _command: unknown,
    context: FeatureEnabledContext,
  ) {
    return this.check(interaction.guildId, context);
  }

  public override contextMenuRun(
    interaction: ContextMenuCommandInteraction,
    _command: unknown,
    context: FeatureEnabledContext,
  ) {
    return this.check(interaction.guildId, context);
  }

  private check(
    guildId: string | null,
    { flag, message = featureDisabledMessage, answeredBy = 'plugin' }: FeatureGate,
  ) {
    if (container.rollouts.flags.isEnabled(flag, guildId)) return this.ok();
    return this.error({
      identifier: featureDisabledIdentifier,
      message,
      context: { flag, silent: answeredBy === 'plugin' },
    });
  }
}

declare module '@sapphire/framework' {
  interface Preconditions {
    FeatureEnabled: FeatureGate;
  }
}
