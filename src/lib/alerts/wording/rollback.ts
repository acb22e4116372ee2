/** What staff are told of rollbacks. Each is one notice; the rollback's card in #operations shows every step as it happens. */
import { count } from '../../core/count.js';
import type { Text } from '../Card.js';
import {
  aboutRollback as about,
  type RollbackFacts,
  rollbackSigned as signed,
  scopeOf,
  type StepFacts,
  stepTitles,
  wayBack,
} from './rollbackFacts.js';
import { initiated } from './initiated.js';
import { rollbackCardButton as button } from './rollbackButtons.js';
import { stopwatch } from './stopwatch.js';
import { told, type Told } from './told.js';

/** The first word to everybody. @param minutes of a gradual one: about how long it takes */
export function rollbackInitiated(facts: RollbackFacts, minutes?: number): Told {
  const { kind, flag, rollouts, reason } = facts;
  const isGradual = kind === 'gradual';
  const isDrill = kind === 'drill';
  const done = isGradual
    ? `${scopeOf(facts)} is taken back from guild after guild${minutes === undefined ? '' : `, in about ${count(Math.max(1, Math.ceil(minutes)), 'minute')}`}. Nobody gets it any more.`
    : `${scopeOf(facts)} is off for everybody.`;
  const also =
    flag === null
      ? `${count(rollouts.length, 'rollout was', 'rollouts were')} rolled back with it.`
      : 'Its rollout was rolled back with it.';
  return told({
    tone: isDrill ? 'info' : 'warn',
    ...initiated(scopeOf(facts), reason, isDrill ? 'ROLLBACK DRILL' : undefined),
    did: [
      done,
      ...(rollouts.length === 0 ? [] : [also]),
      ...(isDrill ? ['Nothing that anybody uses is touched.'] : []),
    ],
    todo: isDrill
      ? 'Nothing.'
      : [
          'Acknowledge, so that the others know that you look after it, and do what its card in #operations says.',
          ...(isGradual ? [] : [' ', ...wayBack(facts)]),
        ],
    fields: [...about(facts), ...signed(facts)],
    buttons: [
      ...(isDrill ? [] : [button(facts, 'acknowledge')]),
      ...(isGradual ? [button(facts, 'pause'), button(facts, 'hurry')] : []),
      button(facts, 'show'),
    ],
  });
}

/** A step failed, and the rest goes on. @param meaning what is not done because of it, one sentence each */
export function rollbackStepFailed(
  facts: RollbackFacts,
  step: Pick<StepFacts, 'name' | 'detail'>,
  meaning: readonly string[] = [],
): Told {
  return told({
    tone: 'bad',
    title: `Rolling back ${scopeOf(facts)}: a step failed: ${stepTitles[step.name]}`,
    why: [step.detail],
    did: [...meaning, 'The rest goes on.'],
    todo: afterFailed[step.name],
    fields: about(facts),
    buttons: [button(facts, 'show')],
  });
}

/** What a person should do where a step failed. */
const afterFailed: Readonly<Record<StepFacts['name'], Text>> = {
  flags: ['Look at what is still on, and turn it off with ', { code: '/feature kill' }, '.'],
  snapshot: 'Look at the disk that snapshots are written to. The rollback does not need it.',
  database: 'Back the database up by hand before anybody changes it.',
  'bring-up': 'Look into the log of the previous version for why it does not come up, and start it by hand.',
  'hand-over': 'Look which version answers, and into the logs of both for why.',
  'take-down': 'Stop the new version by hand once the previous one answers.',
  proof: 'Look at what could not be checked, then validate again.',
};

export function rollbackPaused(facts: RollbackFacts, off: number, of: number): Told {
  return told({
    tone: 'warn',
    title: `The rollback of ${scopeOf(facts)} is paused`,
    why: [],
    did: [
      `It is off for ${off.toLocaleString('en-US')} of ${count(of, 'guild')}, and the others keep it until somebody goes on.`,
    ],
    todo: 'Look whether the others may keep it so long; then resume, or turn it off at once.',
    fields: about(facts),
    buttons: [button(facts, 'resume'), button(facts, 'hurry'), button(facts, 'show')],
  });
}

export function rollbackResumed(facts: RollbackFacts): Told {
  return told({
    tone: 'info',
    title: `The rollback of ${scopeOf(facts)} goes on`,
    why: [],
    did: ['It is taken back from guild after guild again.'],
    todo: 'Nothing. Its card in #operations shows how far it is.',
    fields: about(facts),
    buttons: [button(facts, 'pause'), button(facts, 'hurry'), button(facts, 'show')],
  });
}

/** A gradual one became immediate. @param why one sentence: a person asked for it, or what was found between batches */
export function rollbackHurried(facts: RollbackFacts, why: string): Told {
  return told({
    tone: 'warn',
    title: `ROLLBACK INITIATED: ${scopeOf(facts)} is off for everybody now`,
    why: [why],
    did: ['It is not taken back batch by batch any more.'],
    todo: wayBack(facts),
    fields: about(facts),
    buttons: [button(facts, 'show')],
  });
}

/** A gradual one is taken back: guilds get the feature again. */
export function rollbackReturning(facts: RollbackFacts): Told {
  return told({
    tone: 'warn',
    title: `The rollback of ${scopeOf(facts)} is cancelled`,
    why: [],
    did: ['The guilds that lost it get it back, batch by batch, in reverse order.'],
    todo: 'Nothing. Where it should be off after all, turn it off at once.',
    fields: about(facts),
    buttons: [button(facts, 'hurry'), button(facts, 'show')],
  });
}

export function rollbackCancelled(facts: RollbackFacts): Told {
  return told({
    tone: 'good',
    title: `${scopeOf(facts)} is where it was before its rollback`,
    why: ['Its rollback was cancelled.'],
    did: ['The guilds that had lost it have it again.'],
    todo: 'Nothing.',
    fields: about(facts),
  });
}

/** The store was away at the press, so that it was off in one process alone; now it is everywhere. */
export function rollbackEverywhere(facts: RollbackFacts, afterMs: number): Told {
  return told({
    tone: 'good',
    title: `${scopeOf(facts)} is off everywhere now`,
    why: [
      `The state store was away at the press: it was off at once in the process that was asked, and ${stopwatch(afterMs)} later everywhere.`,
    ],
    did: [],
    todo: wayBack(facts),
    fields: about(facts),
    buttons: [button(facts, 'show')],
  });
}
