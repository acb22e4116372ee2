/** What going back would do: counted and said, and not done. */
import { count } from '../core/count.js';
import { setImmediate } from 'node:timers/promises';
import { stepTitles } from '../alerts/wording/rollbackFacts.js';
import type { Clock } from '../core/Clock.js';
import { alreadySo, checkFlag } from './acting/refusals.js';
import type { FlagsForRollbacks, TakingBack } from './acting/TakingBack.js';
import { countAffected } from './affected.js';
import { begun, idFor } from './begin.js';
import { batchCount, batchSizeFor, minutesFor } from './descent/batches.js';
import { isComingDown } from './descent/isComingDown.js';
import type { RollbackDocument, StepName } from './documents.js';
import { AlreadyOff } from './errors.js';
import type { RollbackIndex } from './RollbackIndex.js';
import type { RollbackProposal, RollbackRequest } from './RollbacksRoom.js';
import { hasItNow } from './whoHasIt.js';
import type { StepWork } from './work.js';

export interface ProposingOptions {
  readonly flags: FlagsForRollbacks;
  readonly takingBack: TakingBack;
  readonly index: RollbackIndex;
  readonly works: readonly StepWork[];
  readonly clock: Clock;
  readonly realTime: Clock;
}

export async function propose(
  options: ProposingOptions,
  request: RollbackRequest,
  kind: 'immediate' | 'gradual',
): Promise<RollbackProposal> {
  const { flags, takingBack, index, works, clock, realTime } = options;
  const { flag } = request;
  if (flag !== null) checkFlag(flags, flag);
  const newest = index.newest(flag);
  const canHurry = kind === 'immediate' && newest !== undefined && isComingDown(newest);
  const already = canHurry ? null : alreadySo(flags.world, newest, flag);
  if (already !== null) {
    throw new AlreadyOff(already.why, {
      next: `See /rollback status for how it stands (${already.rollback.id}).`,
    });
  }
  const pause = async (): Promise<void> => setImmediate(undefined);
  const affected = await countAffected(flags.directory.all, hasItNow(flags, flag), pause);
  const { guilds, members } = affected;
  if (kind === 'gradual' && guilds === 0) {
    throw new AlreadyOff(
      `${flag ?? 'Everything'} is on for no guild, so there is nothing to take back batch by batch.`,
      {
        next: 'Use /rollback now to kill it.',
      },
    );
  }
  const rollouts = takingBack.openRollouts(flag);
  const rollback = begun({
    ...{ id: idFor(flags.world, flag), kind, request, affected, before: [], works },
    ...{ rollouts: rollouts.map(({ id }) => id), pressedAt: realTime.now(), now: clock.now() },
  });
  const size = batchSizeFor(guilds);
  const batches = batchCount({ affected: guilds, batchSize: size });
  const lines = await Promise.all(rollback.steps.map(({ name }) => planOf(rollback, name, works, guilds)));
  return {
    ...{ flag, guilds, members, rollouts: rollouts.map((one) => one.flag) },
    batches: kind === 'gradual' ? { count: batches, size, minutes: minutesFor(batches) } : null,
    steps: lines.flat(),
  };
}

async function planOf(
  rollback: RollbackDocument,
  name: StepName,
  works: readonly StepWork[],
  guilds: number,
): Promise<readonly string[]> {
  const title = stepTitles[name];
  if (name === 'flags') return [`${title}: ${flagsLine(rollback, guilds)}`];
  if (name === 'proof') return [`${title}: read back from every process, with a receipt.`];
  const work = works.find((one) => one.name === name);
  if (work === undefined) return [`${title}: nothing is configured for it.`];
  const skipped = work.skipped(rollback);
  if (skipped !== null) return [`${title}: ${skipped}`];
  const plan = await work.plan(rollback).catch((error: unknown) => [
    // The dry run must show what stands in the way, not end with it.
    `it cannot be planned now: ${error instanceof Error ? error.message : String(error)}`,
  ]);
  return plan.map((line) => `${title}: ${line}`);
}

function flagsLine({ flag, kind, descent }: RollbackDocument, guilds: number): string {
  const what = flag ?? 'every flag';
  if (kind !== 'gradual' || descent === null)
    return guilds === 0
      ? `${what} is off at once; no guild has it now.`
      : `${what} is off at once, in ${count(guilds, 'guild')} that ${guilds === 1 ? 'has' : 'have'} it.`;
  const batches = batchCount(descent);
  return `${what} goes off in ${count(guilds, 'guild')}, in ${count(batches, 'batch', 'batches')} of up to ${descent.batchSize.toLocaleString('en-US')}.`;
}
