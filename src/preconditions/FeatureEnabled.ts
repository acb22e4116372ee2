import { AllFlowsPrecondition, container } from '@sapphire/framework';
import type { ChatInputCommandInteraction, ContextMenuCommandInteraction, Message } from 'discord.js';

/** What the precondition is told of the command it guards. */
export interface FeatureEnabledContext extends AllFlowsPrecondition.Context {
  readonly flag: string;
}

/** The identifier of the UserError where a flag is off; its context is `{ flag }`. */
export const featureDisabledIdentifier = 'featureDisabled';

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

  private check(guildId: string | null, { flag }: FeatureEnabledContext) {
    if (container.rollouts.flags.isEnabled(flag, guildId)) return this.ok();
    return this.error({
      identifier: featureDisabledIdentifier,
      message: 'This is not available here yet.',
      context: { flag },
    });
  }
}

declare module '@sapphire/framework' {
  interface Preconditions {
    FeatureEnabled: { readonly flag: string };
  }
}
