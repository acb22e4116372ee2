/** What a press on a rollout's card does. The card shows at once what came of it, to everyone who sees it. */
import { MessageFlags, type ButtonInteraction } from 'discord.js';
import type { Card } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import { StaleRollout } from '../../rollouts/errors.js';
import type { RolloutStatus } from '../../rollouts/RolloutStatus.js';
import type { Turn } from '../Turn.js';
import { unlessFrozen } from '../unlessFrozen.js';
import { ask, askTitles } from './askOfRollout.js';
import { rolloutButtonNeeds, type RolloutButton } from './buttons.js';
import { explainRollout } from './explainRollout.js';
import { answered, tellOutcome } from './rolloutOutcome.js';
import { showRollout } from './showRollout.js';

/** The answer to "Advance?". */
export const sureAction = 'rollout-sure';

export async function pressRolloutButton(
  turn: Turn<ButtonInteraction>,
  button: RolloutButton,
  rollout: string,
  revision: number,
): Promise<void> {
  turn.require(rolloutButtonNeeds[button]);
  const { rollouts } = turn.house;
  if (button === 'why') return turn.show(await explainRollout(turn.house, rollout));
  const status = await rollouts.status(rollout);
  if (status.revision !== revision) return stale(turn, status);
  // One press in the wrong place must not widen anything.
  if (button === 'advance') return turn.show(advanceCard(status));
  // Whoever was called for one of its notices need not be called again.
  if (button === 'acknowledge') await turn.house.urgents.takeIfWaiting('rollout', turn.actor);
  try {
    await unlessFrozen(turn, async (asker, override) => {
      const request = { by: asker.actor, revision, ...override };
      const outcome = answered(await ask(rollouts, button, rollout, request));
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

function advanceCard({ id, revision, flag, headline, next, steps, step }: RolloutStatus): Card {
  const following = steps[step + 1];
  return {
    tone: 'warn',
    title: `Advance the rollout of ${flag} now?`,
    body: lines([
      'Nothing has changed yet.',
      headline,
      following === undefined
        ? 'This was the last phase: it would be on for everyone.'
        : `Next: ${next.text}`,
    ]),
    buttons: [{ label: 'Advance', style: 'danger', action: sureAction, args: [id, String(revision)] }],
  };
}
