/** Advancing a rollout: whom the next phase would newly reach, a confirmation or a second person, and what came of it. */
import type { Card } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import type { AdvanceProposal, AdvanceRequest } from '../../rollouts/RolloutsRoom.js';
import type { RolloutStatus } from '../../rollouts/RolloutStatus.js';
import { Confirmations, confirmationTtlMs } from '../Confirmations.js';
import { showPercentage } from '../percentage.js';
import { roughSpan } from '../span.js';
import type { Turn } from '../Turn.js';
import { unlessFrozen } from '../unlessFrozen.js';
import { verdictText } from './parts.js';
import { questionFields } from './questionParts.js';
import { tellOutcome } from './rolloutOutcome.js';

export const advanceAction = 'rollout-sure';
export const dontAdvanceAction = 'rollout-stay';

type AdvanceQuestion = AdvanceRequest & { readonly confirmed: AdvanceProposal };

const byHouse = new WeakMap<object, Confirmations<AdvanceQuestion>>();

/** Advances that wait for their asker's answer; they live and die with the bot. */
export function advancesOf(house: object): Confirmations<AdvanceQuestion> {
  const known = byHouse.get(house) ?? new Confirmations<AdvanceQuestion>();
  byHouse.set(house, known);
  return known;
}

/** @param how `asks`: the question comes first, whatever it would reach, since one press in the wrong place must widen nothing */
export async function advanceRollout(
  turn: Turn,
  rollout: string,
  asked: Omit<AdvanceRequest, 'by'>,
  how: 'asks' | 'does',
): Promise<void> {
  turn.require('admin');
  const { flag } = await turn.house.rollouts.status(rollout);
  await unlessFrozen(turn, async (asker, override) => {
    const { rollouts } = asker.house;
    const request = { by: asker.actor, ...asked, ...override };
    if (how === 'asks') return askFirst(asker, request, await rollouts.proposeAdvance(rollout, request));
    const outcome = await rollouts.advance(rollout, request);
    if (outcome.status === 'confirm') return askFirst(asker, request, outcome.proposal);
    return tellOutcome(asker, outcome, `Advance the rollout of ${flag}`);
  });
}

async function askFirst(
  turn: Turn,
  { revision: _, ...request }: AdvanceRequest,
  confirmed: AdvanceProposal,
): Promise<void> {
  const { house } = turn;
  const now = house.realTime.now();
  const status = await house.rollouts.status(confirmed.rollout);
  // What is confirmed is this step, as the flag stands: a verdict that is written meanwhile makes no question stale.
  const id = advancesOf(house).ask({ ...request, confirmed }, now);
  await turn.show(advanceCard(status, confirmed, id, now + confirmationTtlMs));
}

function advanceCard(status: RolloutStatus, proposal: AdvanceProposal, id: string, expiresAt: number): Card {
  const { flag, headline, phase, verdict } = status;
  const { secondPerson, blast, notes } = proposal;
  return {
    tone: 'warn',
    title: `${advanceTitle(status, proposal)}?`,
    body: lines([
      'Nothing has changed yet.',
      headline,
      ...(phase.remainingMs >= 60_000
        ? [`This phase has ${roughSpan(phase.remainingMs)} left, in which it would look for harm.`]
        : []),
      ...(verdict === null ? [] : [verdictText(status)]),
      ...(blast.guilds === 0 ? [`No guild newly gets ${flag} by it.`] : []),
      ...notes,
    ]),
    fields: questionFields(blast, secondPerson, expiresAt),
    buttons: [
      {
        label: secondPerson === null ? 'Advance' : 'Ask a second person',
        style: 'danger',
        action: advanceAction,
        args: [id],
      },
      { label: 'Cancel', style: 'secondary', action: dontAdvanceAction, args: [id] },
    ],
  };
}

/** `Advance the rollout of x to beta_guilds, 5 % of guilds`, without a question mark. */
export function advanceTitle(
  { flag, steps }: Pick<RolloutStatus, 'flag' | 'steps'>,
  { step }: AdvanceProposal,
): string {
  const next = step === null ? undefined : steps[step];
  if (next === undefined) {
    const last = steps.at(-1)?.basisPoints ?? 0;
    return `Complete the rollout of ${flag}: ${last === 10_000 ? 'on for everyone' : `on for ${showPercentage(last)} of guilds`}`;
  }
  return `Advance the rollout of ${flag} to ${next.name}, ${showPercentage(next.servedBasisPoints)} of guilds`;
}
