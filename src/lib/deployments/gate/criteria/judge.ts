/** One criterion against what is known: met, not met, or unknown, with the numbers in one sentence. */
import type { CriterionResult } from '../GateResult.js';
import { severities, type Criterion, type Sentence } from './Criterion.js';
import type { Evidence } from './Evidence.js';
import { percentMeasures } from './words.js';

/** What a measure was when the baseline was taken; undefined where it never was. */
export type BaselineOf = (measure: string) => number | undefined;

/** @param isZero whether every program of the stage ran and ended with exit code 0 */
export function judge(
  criterion: Criterion,
  evidence: Evidence,
  baselineOf: BaselineOf,
  isZero: boolean,
): CriterionResult {
  const { text } = criterion;
  const measures: Record<string, number> = {};
  const baselines: Record<string, number> = {};
  const said: string[] = [];
  const missing: string[] = [];
  for (const name of criterion.measures) {
    const measured = evidence.measure(name);
    if ('missing' in measured) {
      missing.push(`${name} is unknown. ${measured.missing}`);
    } else {
      measures[name] = measured.value;
      said.push(`${name} is ${shown(name, measured.value)} (${measured.from})`);
    }
  }
  for (const name of criterion.baselines) {
    const value = baselineOf(name);
    if (value === undefined) {
      missing.push(
        `There is no baseline of ${name}. Set one with \`rollouts gate --set-baseline\` on a release that is good.`,
      );
    } else {
      baselines[name] = value;
      said.push(`its baseline is ${shown(name, value)}`);
    }
  }
  const sentences = criterion.sentences.map((sentence) => decide(sentence, evidence, isZero));
  for (const { isTrue, why } of sentences) (isTrue === undefined ? missing : said).push(why);
  if (missing.length > 0) return { text, verdict: 'unknown', why: limited(missing.join(' ')) };
  const isMet = criterion.isMet({
    measures,
    baselines,
    sentences: sentences.map(({ isTrue }) => isTrue === true),
  });
  return { text, verdict: isMet ? 'met' : 'not-met', why: limited(sentenceOf(said, criterion)) };
}

interface Decided {
  /** Undefined: unknown. */
  readonly isTrue: boolean | undefined;
  readonly why: string;
}

function decide(sentence: Sentence, evidence: Evidence, isZero: boolean): Decided {
  const kind = sentence.about;
  const byExitCode = (why: string): Decided => ({
    isTrue: isZero,
    why: `${why}the exit code counts: ${evidence.exitCode}`,
  });
  if (kind === 'command') return byExitCode('');
  const unknown = evidence.whyUnknown(kind);
  if (unknown !== undefined && !evidence.has(kind)) return { isTrue: undefined, why: unknown };
  if (unknown !== undefined) return { isTrue: undefined, why: `Not all reports can be used. ${unknown}` };
  if (!evidence.has(kind)) {
    const report = kind === 'tests' ? 'report of tests' : 'security report';
    const decided = byExitCode(`there is no ${report}, so `);
    return { ...decided, why: `${decided.why}.${evidence.remarks(kind)}` };
  }
  return kind === 'tests' ? testsPass(evidence) : noIssues(evidence, sentence);
}

function testsPass(evidence: Evidence): Decided {
  const [tests, failures, errors, skipped] = ['tests', 'failures', 'errors', 'skipped'].map((name) =>
    count(evidence, name),
  );
  const { from } = origin(evidence, 'tests');
  const [all = 0, failed = 0, broken = 0, left = 0] = [tests, failures, errors, skipped];
  const leftOut = left === 0 ? '' : `, ${left} left out`;
  if (all - left <= 0) return { isTrue: false, why: `not one test ran${leftOut} (${from})` };
  const bad = failed + broken;
  return bad === 0
    ? {
        isTrue: true,
        why: `${all - left === 1 ? 'the only test' : `all ${all - left} tests`} passed${leftOut} (${from})`,
      }
    : { isTrue: false, why: `${bad} of ${all} tests failed${leftOut} (${from})` };
}

function noIssues(evidence: Evidence, { from: least }: Extract<Sentence, { about: 'issues' }>): Decided {
  const looked = severities.slice(severities.indexOf(least)).toReversed();
  const counts = looked.map((severity) => [severity, count(evidence, `${severity}_issues`)] as const);
  const found = counts.filter(([, number]) => number > 0);
  const { from } = origin(evidence, 'issues');
  return found.length === 0
    ? {
        isTrue: true,
        why: `no issue is of ${least} severity${least === 'critical' ? '' : ' or worse'} (${from})`,
      }
    : {
        isTrue: false,
        why: `${found.map(([severity, number]) => `${number} ${severity}`).join(', ')} (${from})`,
      };
}

function count(evidence: Evidence, name: string): number {
  const measured = evidence.measure(name);
  return 'missing' in measured ? 0 : measured.value;
}

function origin(evidence: Evidence, name: string): { readonly from: string } {
  const measured = evidence.measure(name);
  return 'missing' in measured ? { from: 'no report' } : measured;
}

/** Two digits behind the point are enough to read, and 79.996 must not look like 80. */
function shown(name: string, value: number): string {
  return percentMeasures.includes(name)
    ? `${Math.floor(value * 100) / 100}%`
    : `${Number(value.toPrecision(6))}`;
}

const longestWhy = 600;

function limited(why: string): string {
  return why.length <= longestWhy ? why : `${why.slice(0, longestWhy - 1)}…`;
}

/** Names of numbers stay as they are written. */
function sentenceOf(said: readonly string[], { measures }: Criterion): string {
  const text = said.join(', ');
  const begun = measures.some((name) => text.startsWith(`${name} `))
    ? text
    : text.charAt(0).toUpperCase() + text.slice(1);
  return begun.endsWith('.') ? begun : `${begun}.`;
}
