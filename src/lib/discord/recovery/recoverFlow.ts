/** Going back to a snapshot: the dry run first, then the question, then a second person where one is needed. */
import type { RecoverRequest } from '../../recovery/RecoveryRoom.js';
import { Confirmations, confirmationTtlMs } from '../Confirmations.js';
import type { Turn } from '../Turn.js';
import { damagedCard, putBackCard, recoveredCard, recoveryCard } from './cards.js';

const byHouse = new WeakMap<object, Confirmations<RecoverRequest>>();

/** Dry runs that wait for their asker's answer; they live and die with the bot. */
export function recoveriesOf(house: object): Confirmations<RecoverRequest> {
  const known = byHouse.get(house) ?? new Confirmations<RecoverRequest>();
  byHouse.set(house, known);
  return known;
}

export async function proposeRecovery(
  turn: Turn,
  wanted: Pick<RecoverRequest, 'snapshot' | 'reason' | 'isBreakGlass'>,
): Promise<void> {
  turn.require('admin');
  // Everything there is, is compared.
  await turn.wait();
  const { house } = turn;
  const proposal = await house.recovery.propose(wanted.snapshot);
  const now = house.realTime.now();
  const request = { ...wanted, snapshot: proposal.snapshot, sha256: proposal.sha256, by: turn.actor };
  const id = recoveriesOf(house).ask(request, now);
  await turn.show(recoveryCard(proposal, id, now + confirmationTtlMs));
}

export async function recover(turn: Turn, request: RecoverRequest): Promise<void> {
  turn.require('admin');
  await turn.show(recoveredCard(await turn.house.recovery.recover(request)));
}

/** By a second person. */
export async function agreeToRecovery(turn: Turn, request: string): Promise<void> {
  turn.require('approve');
  await turn.wait();
  await turn.show(recoveredCard(await turn.house.recovery.agree(request, turn.actor)));
}

export async function refuseRecovery(turn: Turn, request: string): Promise<void> {
  turn.require('narrow');
  await turn.house.recovery.refuse(request, turn.actor);
  await turn.show({ tone: 'info', title: 'Refused', body: 'The state stays as it is. Staff are told.' });
}

export async function showDamaged(turn: Turn): Promise<void> {
  turn.require('look');
  const { recovery } = turn.house;
  const [damaged, [newest]] = await Promise.all([recovery.damaged(), recovery.snapshots()]);
  await turn.show(damagedCard(damaged, newest));
}

/** It may turn something on again, as it was. */
export async function putBack(turn: Turn, id: string): Promise<void> {
  turn.require('admin');
  await turn.show(putBackCard(await turn.house.recovery.putBack(id, turn.actor)));
}
