/** One precondition for each right; the rights themselves are decided in `lib/discord/rights.ts`. */
import { container, Precondition } from '@sapphire/framework';
import type { ChatInputCommandInteraction } from 'discord.js';
import { personOf } from '../lib/discord/person.js';
import { Forbidden, forbiddenIdentifier, may, type Need } from '../lib/discord/rights.js';

export abstract class RightPrecondition extends Precondition {
  protected abstract readonly need: Need;

  public override chatInputRun(interaction: ChatInputCommandInteraction): Precondition.Result {
    if (may(personOf(interaction), this.need, container.rollouts.config.staff)) return this.ok();
    const { need } = this;
    return this.error({
      identifier: forbiddenIdentifier,
      message: new Forbidden(need).message,
      context: { need },
    });
  }
}

declare module '@sapphire/framework' {
  interface Preconditions {
    RolloutAdmin: never;
    RolloutStaff: never;
    GuildManager: never;
  }
}
