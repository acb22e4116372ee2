/** What a press on a rollout's card does. The card shows at once what came of it, to everyone who sees it. */
import type { ButtonInteraction } from 'discord.js';
import type { Card } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import { StaleRollout } from '../../rollouts/errors.js';
import type { RolloutStatus } from '../../rollouts/RolloutStatus.js';
import type { House } from '../House.js';
import { Turn } from '../Turn.js';
import { unlessFrozen } from '../unlessFrozen.js';
import { ask, askTitles } from './askOfRollout.js';
import { rolloutButtonNeeds, type RolloutButton } from './buttons.js';
import { explainRollout } from './explainRollout.js';
import { answered, tellOutcome } from './rolloutOutcome.js';
import { showRollout } from './showRollout.js';

/** The answer to "Advance?". */
export const sureAction = 'rollout-sure';

export async function pressRolloutButton(
  house: House,
  interaction: ButtonInteraction,
  button: RolloutButton,
  rollout: string,
  revision: number,
): Promise<void> {
  const card = new Turn(house, interaction, { place: 'same' });
  const aside = new Turn(house, interaction);
  aside.require(rolloutButtonNeeds[button]);
  if (button === 'why') return aside.show(await explainRollout(house, rollout));
  const status = await house.rollouts.status(rollout);
  if (status.revision !== revision) return stale(card, status);
  // One press in the wrong place must not widen anything.
  if (button === 'advance') return aside.show(advanceCard(status));
  try {
    await unlessFrozen(aside, async (asker, override) => {
      const request = { by: asker.actor, revision, ...override };
      const outcome = answered(await ask(house.rollouts, button, rollout, request));
      const isAtOnce = outcome.status !== 'checking' && asker === aside;
      if (isAtOnce) await showRollout(card, outcome.rollout);
      else await tellOutcome(asker, outcome, `${askTitles[button]} the rollout of ${status.flag}`);
    });
  } catch (error) {
    if (!(error instanceof StaleRollout)) throw error;
    await stale(card, await house.rollouts.status(rollout));
  }
}

/** Shows the present state in place of the old one, and says why nothing else happened. */
async function stale(card: Turn, status: RolloutStatus): Promise<never> {
  await showRollout(card, status);
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
