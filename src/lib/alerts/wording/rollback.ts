/** What staff are told of rollbacks. Each is one notice; the rollback's card in #operations shows every step as it happens. */
import type { Card, CardField, Text, Tone } from '../Card.js';
import { count, lines, who } from './facts.js';
import {
  affectedText,
  type CheckFacts,
  checkText,
  type RollbackFacts,
  scopeOf,
  type StepFacts,
  stepLines,
  stepTitles,
  triggerTitles,
  wayBack,
} from './rollbackFacts.js';
import { rollbackCardButton as button } from './rollbackButtons.js';
import { stopwatch } from './stopwatch.js';

/** The first word to everybody. @param minutes of a gradual one: about how long it takes */
export function rollbackInitiated(facts: RollbackFacts, minutes?: number): Card {
  const { kind, flag, rollouts, reason } = facts;
  const isGradual = kind === 'gradual';
  const done = isGradual
    ? `${scopeOf(facts)} is taken back from guild after guild${minutes === undefined ? '' : `, in about ${count(Math.max(1, Math.ceil(minutes)), 'minute')}`}. Nobody gets it any more.`
    : `${scopeOf(facts)} is off for everybody.`;
  return {
    tone: kind === 'drill' ? 'info' : 'warn',
    title: `${kind === 'drill' ? 'ROLLBACK DRILL' : 'ROLLBACK INITIATED'}: ${reason}`,
    body: lines([
      done,
      ...(rollouts.length === 0
        ? []
        : [
            flag === null
              ? `${count(rollouts.length, 'rollout was', 'rollouts were')} rolled back with it.`
              : 'Its rollout was rolled back with it.',
          ]),
      kind === 'drill'
        ? 'Nothing that anybody uses is touched. Nothing to do.'
        : 'The card in #operations shows every step; nothing to do unless it says so. Acknowledge tells the others that you look after it.',
      ...(kind === 'drill' || isGradual ? [] : [wayBack(facts)]),
    ]),
    fields: [...about(facts), ...signed(facts)],
    buttons: [
      ...(kind === 'drill' ? [] : [button(facts, 'acknowledge')]),
      ...(isGradual ? [button(facts, 'pause'), button(facts, 'hurry')] : []),
      button(facts, 'show'),
    ],
  };
}

/** A step failed, and the rest goes on. @param next what that means, and what a person should do; one sentence each */
export function rollbackStepFailed(
  facts: RollbackFacts,
  step: Pick<StepFacts, 'name' | 'detail'>,
  next: readonly Text[] = [],
): Card {
  return {
    tone: 'bad',
    title: `Rolling back ${scopeOf(facts)}: a step failed: ${stepTitles[step.name]}`,
    body: lines([step.detail, ...next, 'The rest goes on.']),
    fields: about(facts),
    buttons: [button(facts, 'show')],
  };
}

export interface RollbackEnd {
  readonly steps: readonly StepFacts[];
  readonly proof: {
    readonly verdict: 'proven' | 'failed' | 'unknown';
    readonly isFinal: boolean;
    readonly checks: readonly CheckFacts[];
  } | null;
  /** SHA-256 (hex) of the receipt that the notice carries. */
  readonly receipt: string | null;
}

/** All was done, with what proves it. */
export function rollbackCompleted(facts: RollbackFacts, end: RollbackEnd): Card {
  const { steps, proof, receipt } = end;
  const failed = steps.filter(({ name, state }) => state === 'failed' && name !== 'proof');
  return {
    tone: toneOf(facts, end),
    title: titleOf(facts),
    body: lines([
      ...(failed.length === 0
        ? []
        : [`${count(failed.length, 'step')} failed: look at it below, and mend by hand what it says.`]),
      proofText(proof),
      ...(facts.kind === 'drill' ? [] : [wayBack(facts)]),
    ]),
    fields: [
      { name: 'Reason', value: facts.reason },
      ...(steps.length === 0 ? [] : [{ name: 'Steps', value: lines(stepLines(steps, facts.pressedAt)) }]),
      ...(proof === null ? [] : [{ name: 'Proof', value: lines(proof.checks.map(checkText)) }]),
      ...receiptField(receipt),
      ...signed(facts),
    ],
    buttons: [
      ...(proof === null || proof.verdict === 'proven' ? [] : [button(facts, 'validate')]),
      button(facts, 'show'),
    ],
  };
}

/** What was not known when the rollback was complete is known now, or the hour for it is over. */
export function rollbackProofKnown(facts: RollbackFacts, end: RollbackEnd): Card {
  const { proof } = end;
  const said =
    proof?.verdict === 'proven'
      ? 'proven'
      : proof?.verdict === 'failed'
        ? 'not proven: a check failed'
        : 'not proven within the hour';
  return {
    ...rollbackCompleted(facts, end),
    title: `The rollback of ${scopeOf(facts)} is ${said}`,
  };
}

export function rollbackPaused(facts: RollbackFacts, off: number, of: number): Card {
  return {
    tone: 'warn',
    title: `The rollback of ${scopeOf(facts)} is paused`,
    body: `It is off for ${off.toLocaleString('en-US')} of ${count(of, 'guild')}, and the others keep it until somebody goes on.`,
    fields: about(facts),
    buttons: [button(facts, 'resume'), button(facts, 'hurry'), button(facts, 'show')],
  };
}

export function rollbackResumed(facts: RollbackFacts): Card {
  return {
    tone: 'info',
    title: `The rollback of ${scopeOf(facts)} goes on`,
    fields: about(facts),
    buttons: [button(facts, 'pause'), button(facts, 'hurry'), button(facts, 'show')],
  };
}

/** A gradual one became immediate. @param why one sentence: a person asked for it, or what was found between batches */
export function rollbackHurried(facts: RollbackFacts, why: string): Card {
  return {
    tone: 'warn',
    title: `ROLLBACK INITIATED: ${scopeOf(facts)} is off for everybody now, not batch by batch any more`,
    body: lines([why, wayBack(facts)]),
    fields: about(facts),
    buttons: [button(facts, 'show')],
  };
}

/** A gradual one is taken back: guilds get the feature again. */
export function rollbackReturning(facts: RollbackFacts): Card {
  return {
    tone: 'warn',
    title: `The rollback of ${scopeOf(facts)} is cancelled`,
    body: 'The guilds that lost it get it back, batch by batch, in reverse order.',
    fields: about(facts),
    buttons: [button(facts, 'hurry'), button(facts, 'show')],
  };
}

export function rollbackCancelled(facts: RollbackFacts): Card {
  return {
    tone: 'good',
    title: `${scopeOf(facts)} is where it was before its rollback`,
    fields: about(facts),
  };
}

/** The store was away at the press, so that it was off in one process alone; now it is everywhere. */
export function rollbackEverywhere(facts: RollbackFacts, afterMs: number): Card {
  return {
    tone: 'good',
    title: `${scopeOf(facts)} is off everywhere now`,
    body: lines([
      `The state store was away at the press: it was off at once in the process that was asked, and ${stopwatch(afterMs)} later everywhere.`,
      wayBack(facts),
    ]),
    fields: about(facts),
    buttons: [button(facts, 'show')],
  };
}

/** `new_greeting is rolled back: off after 0.02 s, done after 41 s` */
function titleOf(facts: RollbackFacts): string {
  const { kind, pressedAt, offAt, endedAt } = facts;
  const off = offAt === null ? '' : `off after ${stopwatch(offAt - pressedAt)}`;
  const done = endedAt === null ? '' : `done after ${stopwatch(endedAt - pressedAt)}`;
  const times = [off, done].filter((text) => text !== '').join(', ');
  const what = kind === 'drill' ? 'The rollback drill is over' : `${scopeOf(facts)} is rolled back`;
  return times === '' ? what : `${what}: ${times}`;
}

function toneOf({ kind }: RollbackFacts, { steps, proof }: RollbackEnd): Tone {
  if (proof?.verdict === 'failed') return 'bad';
  if (steps.some(({ state }) => state === 'failed')) return 'warn';
  if (proof?.verdict === 'proven') return 'good';
  return kind === 'drill' ? 'info' : 'warn';
}

/** How far the proof is, in a sentence. */
export function proofText(proof: RollbackEnd['proof']): string {
  if (proof === null) return 'It is not proven yet.';
  const { verdict, isFinal } = proof;
  if (verdict === 'proven') return 'It is proven, read back from every process.';
  if (verdict === 'failed') return 'The proof failed: look at the check below, and at what it says to do.';
  return isFinal
    ? 'Not everything could be proven: what is unknown is named below.'
    : 'What is not known yet is looked for again until it is known, for at most an hour; then another notice brings the receipt.';
}

export function receiptField(receipt: string | null): readonly CardField[] {
  if (receipt === null) return [];
  return [
    {
      name: 'Receipt',
      value: [{ code: receipt }, { br: true }, 'Check it anywhere: ', { code: 'npx rollouts verify <file>' }],
    },
  ];
}

function about(facts: RollbackFacts): readonly CardField[] {
  return [
    { name: 'What', value: scopeOf(facts), inline: true },
    { name: 'Trigger', value: triggerTitles[facts.trigger] ?? facts.trigger, inline: true },
    { name: 'Had it on', value: affectedText(facts), inline: true },
  ];
}

function signed({ created, id }: RollbackFacts): readonly CardField[] {
  return [
    { name: 'By', value: who({ id: created.by, name: created.name }), inline: true },
    { name: 'Rollback', value: [{ code: id }], inline: true },
  ];
}
