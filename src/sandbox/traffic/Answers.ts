/** Waits for the bot's answers to simulated members, and leaves nothing of them behind. */
import { ClientError, type Interaction, type Outcome } from '../interactions/Interaction.js';
import type { InteractionDesk } from '../interactions/InteractionDesk.js';

export class Answers {
  private open = 0;

  public constructor(private readonly desk: InteractionDesk) {}

  /** How many members wait. */
  public get waiting(): number {
    return this.open;
  }

  /** What the member saw in the end, given to `then` while the interaction is still known; undefined where nothing came. */
  public async of<Result>(
    interaction: Interaction,
    then: (outcome: Outcome | undefined) => Result | Promise<Result>,
  ): Promise<Result> {
    this.open += 1;
    try {
      return await then(await outcomeOf(interaction));
    } finally {
      this.open -= 1;
      this.desk.forget(interaction);
    }
  }
}

async function outcomeOf({ final }: Interaction): Promise<Outcome | undefined> {
  try {
    return await final;
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    return undefined;
  }
}
