/** A change on its way from a person to the flags room and back: rights, confirmation, commit, and the truth about it. */
import type { Card } from '../alerts/Card.js';
import type { FlagChange } from '../flags/changes.js';
import type { ChangeRequest } from '../flags/FlagsRoom.js';
import type { ChangeOutcome, Proposal } from '../flags/results.js';
import { checkingCard, confirmCard, doneCard, notDoneCard, unchangedCard } from './changeCards.js';
import { needNow, needOf } from './changeNeeds.js';
import { confirmationsOf, confirmationTtlMs } from './Confirmations.js';
import type { Turn } from './Turn.js';
import { unlessFrozen } from './unlessFrozen.js';

export interface ChangeOptions {
  readonly reason?: string;
  /** `implied`: the click itself was the confirmation, as its card showed all there is to know. */
  readonly confirmation?: 'asked' | 'implied';
  /** Other words for what was done than the change's own. */
  readonly done?: (proposal: Proposal, entry: string) => Card;
  readonly unchanged?: (proposal: Proposal) => Card;
  /** Widen although everything is frozen; for admins. */
  readonly overridesFreeze?: boolean;
}

/** How it ended: `waiting` where a confirmation was asked for, `unknown` where the store did not come back to say. */
export type ChangeEnd = 'done' | 'unchanged' | 'refused' | 'waiting' | 'unknown';

/** Shows each step to the person; throws RolloutErrors for the one place that words them. */
export async function makeChange(
  turn: Turn,
  change: FlagChange,
  options: ChangeOptions = {},
): Promise<ChangeEnd> {
  let end: ChangeEnd = 'waiting';
  await unlessFrozen(turn, async (asker, override) => {
    end = await ask(asker, change, { ...options, ...override });
  });
  return end;
}

/** The second half, after the person confirmed. */
export async function makeConfirmedChange(turn: Turn, request: ChangeRequest): Promise<ChangeEnd> {
  let end: ChangeEnd = 'waiting';
  await unlessFrozen(turn, async (asker, override) => {
    const asked = { ...request, ...override };
    await permitted(asker, asked);
    end = await tell(asker, await asker.house.flags.change(asked), {});
  });
  return end;
}

async function ask(turn: Turn, change: FlagChange, options: ChangeOptions): Promise<ChangeEnd> {
  const { reason, overridesFreeze } = options;
  const request = await permitted(turn, {
    change,
    by: turn.actor,
    reason,
    ...(overridesFreeze !== undefined && { overridesFreeze }),
  });
  const outcome = await turn.house.flags.change(request);
  if (outcome.status !== 'confirm') return tell(turn, outcome, options);
  const confirmable = { ...request, confirmed: outcome.proposal };
  if (options.confirmation === 'implied')
    return tell(turn, await turn.house.flags.change(confirmable), options);
  const now = turn.house.realTime.now();
  const id = confirmationsOf(turn.house).ask(confirmable, now);
  await turn.show(confirmCard(outcome.proposal, id, now + confirmationTtlMs));
  return 'waiting';
}

/** Throws Forbidden; answers the request, tied to the state of the moment where the right depends on it. */
async function permitted(turn: Turn, request: ChangeRequest): Promise<ChangeRequest> {
  const { change } = request;
  const fixed = needOf(change);
  if (fixed !== undefined) {
    turn.require(fixed);
    return request;
  }
  if (turn.may('admin')) return request;
  turn.require('narrow');
  const proposal = await turn.house.flags.propose(request);
  turn.require(needNow(change, turn.house.flags, proposal));
  return { ...request, confirmed: request.confirmed ?? proposal };
}

async function tell(turn: Turn, outcome: ChangeOutcome, options: ChangeOptions): Promise<ChangeEnd> {
  const done = options.done ?? doneCard;
  const { proposal } = outcome;
  switch (outcome.status) {
    case 'done':
      await turn.show(done(proposal, outcome.entry));
      return 'done';
    case 'unchanged':
      await turn.show((options.unchanged ?? unchangedCard)(proposal));
      return 'unchanged';
    case 'checking': {
      await turn.show(checkingCard(proposal));
      const settled = await outcome.settled;
      await turn.show(
        settled.status === 'done' ? done(proposal, settled.entry) : notDoneCard(proposal, settled),
      );
      return settled.status;
    }
    case 'confirm':
      throw new Error('A confirmed change asked for a confirmation.');
  }
}
