/** The plain data that the wording of rollbacks is made of; a rollback's own document has this shape. */
import { count } from '../../core/count.js';
import type { CardField, Text } from '../Card.js';
import { who } from './facts.js';
import { stopwatch } from './stopwatch.js';

export interface RollbackFacts {
  readonly id: string;
  /** What its buttons hold for. */
  readonly revision: number;
  readonly kind: 'immediate' | 'gradual' | 'drill';
  /** A flag's key; null = everything. */
  readonly flag: string | null;
  readonly trigger: string;
  readonly reason: string;
  readonly created: { readonly by: string; readonly name: string };
  readonly affected: { readonly guilds: number; readonly members: number };
  /** False for the moments in which it is not known yet. @default true */
  readonly isCounted?: boolean;
  readonly rollouts: readonly string[];
  /** Real time, ms since epoch. */
  readonly pressedAt: number;
  readonly offAt: number | null;
  readonly endedAt: number | null;
  /** Who said that they look after it; undefined = nobody yet. */
  readonly acknowledged?: { readonly by: string };
}

export interface StepFacts {
  readonly name: keyof typeof stepTitles;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped';
  /** Real time, ms since epoch. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly detail: string;
}

export interface CheckFacts {
  readonly name: keyof typeof checkTitles;
  readonly verdict: 'passed' | 'failed' | 'unknown';
  readonly sentence: string;
}

export const stepTitles = {
  flags: 'Turned off',
  snapshot: 'Snapshot of the state',
  database: "Backup of the host's database",
  'bring-up': 'Previous version brought up',
  'hand-over': 'Handed over to it',
  'take-down': 'New version taken down',
  proof: 'Proof',
} as const;

export const checkTitles = {
  'flags-off': 'Flags off',
  'performance-restored': 'Performance restored',
  'errors-normal': 'Error rate normal',
  'commands-work': 'User commands work',
  'data-integrity': 'Data integrity',
} as const;

export const triggerTitles: Readonly<Record<string, string>> = {
  security: 'security',
  'data-corruption': 'data corruption',
  'external-dependency': 'external dependency',
  compliance: 'compliance',
  judged: 'found by judging',
  drill: 'drill',
  other: 'other',
};

const stepSigns = { waiting: '·', running: '▶', done: '✔', failed: '✖', skipped: '–' } as const;
const checkSigns = { passed: '✔', failed: '✖', unknown: '?' } as const;

/** `new_greeting` or `Everything`. */
export const scopeOf = ({ flag }: Pick<RollbackFacts, 'flag'>): string => flag ?? 'Everything';

/** `4,200 guilds with 1,250,000 members` */
export function affectedText({
  affected,
  isCounted = true,
}: Pick<RollbackFacts, 'affected' | 'isCounted'>): string {
  if (!isCounted) return 'being counted';
  return `${count(affected.guilds, 'guild')} with ${count(affected.members, 'member')}`;
}

/**
 * `✔ Turned off  at 0.02 s  It is off in every guild.`
 *
 * @param pressedAt the stopwatch's zero: the time is what the stopwatch showed when the step ended
 */
function stepText({ name, state, endedAt, detail }: StepFacts, pressedAt: number): Text {
  const hasEnded = endedAt !== null && state !== 'skipped';
  return [
    `${stepSigns[state]} `,
    state === 'running' || state === 'failed' ? { bold: stepTitles[name] } : stepTitles[name],
    hasEnded ? `  at ${stopwatch(endedAt - pressedAt)}` : '',
    detail === '' ? '' : `  ${detail}`,
  ];
}

/** A line each; steps that are skipped for the same reason share one. */
export function stepLines(steps: readonly StepFacts[], pressedAt: number): readonly Text[] {
  const told: { readonly first: StepFacts; readonly line: Text }[] = [];
  for (const step of steps) {
    const last = told.at(-1);
    const isSame =
      step.state === 'skipped' && last?.first.state === 'skipped' && last.first.detail === step.detail;
    if (!isSame) {
      told.push({ first: step, line: stepText(step, pressedAt) });
      continue;
    }
    const names = steps.filter(({ state, detail }) => state === 'skipped' && detail === step.detail);
    const line = `${stepSigns.skipped} ${names.map(({ name }) => stepTitles[name]).join(', ')}  ${step.detail}`;
    told[told.length - 1] = { first: step, line };
  }
  return told.map(({ line }) => line);
}

/** `✔ Flags off  All 16 processes answered …` */
export function checkText({ name, verdict, sentence }: CheckFacts): Text {
  return [`${checkSigns[verdict]} `, { bold: checkTitles[name] }, `  ${sentence}`];
}

/** How to turn on again what was turned off. */
export function wayBack({ flag }: Pick<RollbackFacts, 'flag'>): Exclude<Text, string> {
  return [
    'Once it is mended, an admin turns it on again: ',
    { code: flag === null ? '/feature unkill everything:True' : `/feature unkill name:${flag}` },
    '.',
  ];
}

/** Where, why and for whom, as each of its notices ends. */
export function aboutRollback(facts: RollbackFacts): readonly CardField[] {
  return [
    { name: 'What', value: scopeOf(facts), inline: true },
    { name: 'Trigger', value: triggerTitles[facts.trigger] ?? facts.trigger, inline: true },
    { name: 'Had it on', value: affectedText(facts), inline: true },
  ];
}

export function rollbackSigned({ created, id }: RollbackFacts): readonly CardField[] {
  return [
    { name: 'By', value: who({ id: created.by, name: created.name }), inline: true },
    { name: 'Rollback', value: [{ code: id }], inline: true },
  ];
}
