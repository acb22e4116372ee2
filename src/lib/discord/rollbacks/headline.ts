/** Where a rollback stands, in a few words and a colour. */
import type { Tone } from '../../alerts/Card.js';
import { stopwatch } from '../../alerts/wording/stopwatch.js';
import type { RollbackDocument } from '../../rollbacks/documents.js';

/** Of one that is over: how it ended. Else: that it is on its way. */
export function toneOf({ state, proof, steps }: RollbackDocument): Tone {
  if (state === 'cancelled') return 'info';
  if (state !== 'completed') return 'warn';
  if (proof?.verdict === 'failed') return 'bad';
  const failed = steps.some((step) => step.state === 'failed' && step.name !== 'proof');
  return !failed && proof?.verdict === 'proven' ? 'good' : 'warn';
}

/** `Off for everybody after 0.02 s; the steps are under way` */
export function headlineOf(rollback: RollbackDocument): string {
  const { state, kind, pressedAt, offAt } = rollback;
  const off = offAt === null ? '' : `off for everybody after ${stopwatch(offAt - pressedAt)}`;
  switch (state) {
    case 'running':
      if (off !== '') return `${off}; the steps are under way`;
      return kind === 'gradual' ? 'taken back batch by batch' : 'under way';
    case 'paused':
      return 'paused: who has it still keeps it';
    case 'returning':
      return 'cancelled: the guilds get it back, batch by batch';
    case 'proving':
      return `${off === '' ? 'done' : off}; the proof is looked for`;
    case 'completed':
      return `rolled back${off === '' ? '' : `, ${off}`}${proofWords(rollback)}`;
    case 'cancelled':
      return 'cancelled: it is as it was before';
  }
}

function proofWords({ proof }: RollbackDocument): string {
  if (proof?.verdict === 'proven') return ', proven';
  if (proof?.verdict === 'failed') return '; the proof failed';
  // Complete is not proven: what is still looked for must not read as what could not be found.
  return proof?.isFinal === true ? '; not everything is proven' : '; the proof is still looked for';
}

/** When it ended on its stopwatch; undefined while it runs. */
export function tookMs({ pressedAt, endedAt }: RollbackDocument): number | undefined {
  return endedAt === null ? undefined : endedAt - pressedAt;
}
