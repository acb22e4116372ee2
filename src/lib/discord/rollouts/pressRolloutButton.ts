/** What a press on a rollout's card does. The card shows at once what came of it, to everyone who sees it. */
import { MessageFlags, type ButtonInteraction } from 'discord.js';
import { StaleRollout } from '../../rollouts/errors.js';
import type { RolloutStatus } from '../../rollouts/RolloutStatus.js';
import type { Turn } from '../Turn.js';
import { unlessFrozen } from '../unlessFrozen.js';
import { advanceRollout } from './advanceFlow.js';
import { ask, askTitles, requireApprover } from './askOfRollout.js';
import { rolloutButtonNeeds, type PressedButton } from './buttons.js';
import { cancelRollout } from './cancelFlow.js';
import { explainRollout } from './explainRollout.js';
import { tellOutcome } from './rolloutOutcome.js';
import { showRollout } from './showRollout.js';

export async function pressRolloutButton(
  turn: Turn<ButtonInteraction>,
  button: PressedButton,
  rollout: string,
  revision: number,
): Promise<void> {
  if (button === 'approve') requireApprover(turn);
  else turn.require(rolloutButtonNeeds[button]);
  const { rollouts } = turn.house;
  if (button === 'why') return turn.show(await explainRollout(turn.house, rollout));
  const status = await rollouts.status(rollout);
  // What is approved is one request, whatever else moved on since.
  const seen = button === 'approve' ? { asked: revision } : { revision };
  if (button !== 'approve' && status.revision !== revision) return stale(turn, status);
  if (button === 'cancel') return cancelRollout(turn, rollout, undefined, { revision });
  // Whoever was called for one of its notices need not be called again.
  if (button === 'acknowledge') await turn.house.urgents.takeIfWaiting('rollout', turn.actor);
  try {
    if (button === 'advance') return await advanceRollout(turn, rollout, { revision }, 'asks');
    await unlessFrozen(turn, async (asker, override) => {
      const outcome = await ask(rollouts, button, rollout, { by: asker.actor, ...seen, ...override });
      if (outcome.status !== 'checking' && asker === turn)
        await showRollout(turn, outcome.rollout, placeOf(turn.interaction));
      else await tellOutcome(asker, outcome, `${askTitles[button]} the rollout of ${status.flag}`);
    });
  } catch (error) {
    if (!(error instanceof StaleRollout)) throw error;
    await stale(turn, await rollouts.status(rollout));
  }
}

/** A notice with the same buttons is a record, and stays as it is. */
function placeOf({ message }: ButtonInteraction): 'new' | 'same' {
  return message.flags.has(MessageFlags.IsComponentsV2) ? 'same' : 'new';
}

/** Shows the present state in place of the old one, and says why nothing else happened. */
async function stale(turn: Turn<ButtonInteraction>, status: RolloutStatus): Promise<never> {
  await showRollout(turn, status, placeOf(turn.interaction));
  throw new StaleRollout(status.headline);
}
