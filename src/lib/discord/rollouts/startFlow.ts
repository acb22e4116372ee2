/** Starting a rollout: what it would do, a confirmation where it reaches many, and what came of it. */
import type { Card } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import type { StartProposal, StartRequest } from '../../rollouts/RolloutsRoom.js';
import { Confirmations, confirmationTtlMs } from '../Confirmations.js';
import { showPercentage } from '../percentage.js';
import { span } from '../span.js';
import type { Turn } from '../Turn.js';
import { unlessFrozen } from '../unlessFrozen.js';
import { questionFields } from './questionParts.js';
import { tellOutcome } from './rolloutOutcome.js';

export const startAction = 'rollout-start';
export const dontStartAction = 'rollout-leave';

type StartQuestion = StartRequest & { readonly confirmed: StartProposal };

const byHouse = new WeakMap<object, Confirmations<StartQuestion>>();

/** Starts that wait for their asker's answer; they live and die with the bot. */
export function startsOf(house: object): Confirmations<StartQuestion> {
  const known = byHouse.get(house) ?? new Confirmations<StartQuestion>();
  byHouse.set(house, known);
  return known;
}

export async function startRollout(turn: Turn, request: StartRequest): Promise<void> {
  turn.require('admin');
  await unlessFrozen(turn, async (asker, override) => {
    const asked = { ...request, ...override };
    const { house } = asker;
    const outcome = await house.rollouts.start(asked);
    if (outcome.status !== 'confirm') {
      const title = asked.confirmed?.title ?? `Start the rollout of ${asked.flag}`;
      return tellOutcome(asker, outcome, title);
    }
    const now = house.realTime.now();
    const id = startsOf(house).ask({ ...asked, confirmed: outcome.proposal }, now);
    return asker.show(startCard(outcome.proposal, id, now + confirmationTtlMs));
  });
}

function startCard(proposal: StartProposal, id: string, expiresAt: number): Card {
  const { plan, title, notes, approvals, blast } = proposal;
  const lasts = plan.steps.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return {
    tone: 'warn',
    title: `${title}?`,
    body: lines(['Nothing has changed yet.', ...notes]),
    fields: [
      {
        name: `Plan ${plan.name}, at least ${span(lasts)}`,
        value: lines(
          plan.steps.map(({ name, basisPoints, durationMs }) => [
            { bold: name },
            `  ${showPercentage(basisPoints)}, ${span(durationMs)}`,
          ]),
        ),
      },
      ...questionFields(
        blast,
        approvals.length === 0 ? null : lines(approvals.map(({ step, why }) => [{ bold: step }, `  ${why}`])),
        expiresAt,
      ),
    ],
    buttons: [
      { label: 'Start', style: 'danger', action: startAction, args: [id] },
      { label: 'Cancel', style: 'secondary', action: dontStartAction, args: [id] },
    ],
  };
}
