/** A rollback from the wish to the answer: who may, why, a dry run where one is asked for, and what came of it. */
import type { ButtonInteraction, ChatInputCommandInteraction } from 'discord.js';
import type { RollbackRequest } from '../../rollbacks/RollbacksRoom.js';
import { scopeOf } from '../../alerts/wording/rollbackFacts.js';
import { Confirmations, confirmationTtlMs } from '../Confirmations.js';
import type { Turn } from '../Turn.js';
import { begunCard, proposalCard } from './outcomeCards.js';
import { type Intent, reasonForm } from './reasonForm.js';
import { tellRollback } from './tellOutcome.js';

export interface WantedRollback extends RollbackRequest {
  readonly kind: Intent['kind'];
}

const byHouse = new WeakMap<object, Confirmations<WantedRollback>>();

/** Dry runs that wait for their asker's answer; they live and die with the bot. */
export function dryRunsOf(house: object): Confirmations<WantedRollback> {
  const known = byHouse.get(house) ?? new Confirmations<WantedRollback>();
  byHouse.set(house, known);
  return known;
}

/** Opens the form that asks for the reason; it must be the first answer to the interaction. */
export async function askReason(
  turn: Turn<ButtonInteraction | ChatInputCommandInteraction>,
  intent: Intent,
): Promise<void> {
  turn.require('narrow');
  await turn.interaction.showModal(reasonForm(intent));
}

/** Begins it. An immediate one asks nothing: at three in the morning one press is enough, and the answer says how to undo it. */
export async function rollBack(turn: Turn, wanted: WantedRollback): Promise<void> {
  turn.require('narrow');
  const { kind, ...request } = wanted;
  const { rollbacks } = turn.house;
  const { flag } = request;
  const outcome =
    kind === 'gradual' && flag !== null
      ? await rollbacks.gradual({ ...request, flag })
      : await rollbacks.now(request);
  await tellRollback(turn, outcome, {
    title: `Roll back ${flag ?? 'everything'}`,
    flag,
    done: begunCard,
  });
}

/** The dry run: what each step would do, with a button that does it. */
async function proposeRollback(turn: Turn, wanted: WantedRollback): Promise<void> {
  turn.require('narrow');
  const { house } = turn;
  const { kind, ...request } = wanted;
  const proposal = await house.rollbacks.propose(request, kind);
  const now = house.realTime.now();
  const id = dryRunsOf(house).ask(wanted, now);
  await turn.show(proposalCard(proposal, id, now + confirmationTtlMs));
}

/** With everything known: does it, or shows what it would do. */
export function begin(turn: Turn, wanted: WantedRollback, dryRun: boolean): Promise<void> {
  return wanted.kind === 'gradual' || dryRun ? proposeRollback(turn, wanted) : rollBack(turn, wanted);
}

/** For answers that end a question. */
export const titleOf = (wanted: WantedRollback): string => `Roll back ${scopeOf(wanted)}`;
