/** What staff are told of a rollback's end: what was done, what proves it, and what is left to do. */
import { count } from '../../core/count.js';
import type { CardField, Tone } from '../Card.js';
import { lines } from './facts.js';
import {
  type CheckFacts,
  checkText,
  type RollbackFacts,
  rollbackSigned as signed,
  scopeOf,
  type StepFacts,
  stepLines,
  wayBack,
} from './rollbackFacts.js';
import { rollbackCardButton as button } from './rollbackButtons.js';
import { stopwatch } from './stopwatch.js';
import { told, type Told } from './told.js';

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
export function rollbackCompleted(facts: RollbackFacts, end: RollbackEnd): Told {
  const { steps, proof, receipt } = end;
  const failed = steps.filter(({ name, state }) => state === 'failed' && name !== 'proof');
  return told({
    tone: toneOf(facts, end),
    title: titleOf(facts),
    why: [],
    did: [
      ...(failed.length === 0 ? [] : [`${count(failed.length, 'step')} failed, and the rest was done.`]),
      proofText(proof),
      ...(failed.length === 0 && proof?.verdict === 'proven' ? calledNoMore(facts) : []),
    ],
    todo: [
      ...(failed.length === 0 ? [] : ['Look at what failed below, and mend by hand what it says. ']),
      ...(proof?.verdict === 'failed' ? ['Look at the check that failed, and do what it says. '] : []),
      ...(facts.kind === 'drill'
        ? [failed.length === 0 && proof?.verdict !== 'failed' ? 'Nothing.' : 'Then drill again.']
        : wayBack(facts)),
    ],
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
  });
}

/** What was not known when the rollback was complete is known now, or the hour for it is over. */
export function rollbackProofKnown(facts: RollbackFacts, end: RollbackEnd): Told {
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

/** Where somebody looks after it, nobody is called in any case. */
function calledNoMore({ kind, acknowledged }: RollbackFacts): readonly string[] {
  return kind === 'drill' || acknowledged !== undefined ? [] : ['On-call is not called for it again.'];
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
