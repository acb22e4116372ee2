/** The words that criteria know. */
import { severities, type Sentence, type Severity } from './Criterion.js';

/** Numbers that are read from reports of a known format, or come from the command itself. */
export const knownMeasures = {
  exit_code: "the command's exit code",
  tests: 'tests that there are (JUnit)',
  failures: 'tests that failed (JUnit)',
  errors: 'tests that broke (JUnit)',
  skipped: 'tests that were left out (JUnit)',
  coverage: 'lines covered, per cent (lcov, Cobertura)',
  branch_coverage: 'branches covered, per cent (lcov, Cobertura)',
  issues: 'findings of any severity (SARIF, npm audit)',
  critical_issues: 'findings of this severity (SARIF, npm audit)',
  high_issues: 'findings of this severity (SARIF, npm audit)',
  medium_issues: 'findings of this severity (SARIF, npm audit)',
  low_issues: 'findings of this severity (SARIF, npm audit)',
} as const;
export type KnownMeasure = keyof typeof knownMeasures;

/** Numbers that benchmarks usually report, in whatever unit: they are compared with a baseline of the same. */
export const benchmarkMeasures = [
  'response_time',
  'latency',
  'p50',
  'p90',
  'p95',
  'p99',
  'throughput',
  'duration',
  'memory',
  'cpu',
  'size',
] as const;

/** In per cent, so that `80%` means 80. */
export const percentMeasures: readonly string[] = ['coverage', 'branch_coverage'] satisfies KnownMeasure[];

const testKinds =
  'unit|integration|functional|regression|smoke|acceptance|end-to-end|e2e|existing|performance|security|contract|' +
  'compatibility|backwards?[ -]compatibility';
const severityWords = `(?:${severities.join('|')})`;

interface Phrase {
  readonly shape: RegExp;
  readonly read: (words: string) => Sentence;
}

const phrases: readonly Phrase[] = [
  {
    shape: new RegExp(
      `(?:all (?:the )?(?:(?:${testKinds}) )*tests? (?:pass(?:ed|es|ing)?|succeed(?:ed|s)?|are passing|are green)|no (?:failed|failing) tests?|no tests? fail(?:s|ed)?)\\b`,
      'iy',
    ),
    read: () => ({ about: 'tests' }),
  },
  {
    shape: new RegExp(
      `no (?:${severityWords}(?:(?: or |, ?| and |/)${severityWords})*[ -]severity )?(?:security )?(?:issues?|vulnerabilit(?:y|ies)|findings?)\\b`,
      'iy',
    ),
    read: (words) => ({ about: 'issues', from: leastOf(words) }),
  },
  {
    shape: /(?:the )?(?:command|script) (?:succeeds|passes|ends well)\b/iy,
    read: () => ({ about: 'command' }),
  },
];

/** What a reader is told to write. */
export const exampleSentences = [
  'all tests pass',
  'no high severity issues',
  'the command succeeds',
] as const;

export interface FoundSentence {
  readonly sentence: Sentence;
  /** Characters. */
  readonly length: number;
}

/** The sentence that begins there; words may be apart by any space. */
export function sentenceAt(text: string, index: number): FoundSentence | undefined {
  for (const { shape, read } of phrases) {
    const spaced = new RegExp(shape.source.replaceAll(' ', '\\s+'), shape.flags);
    spaced.lastIndex = index;
    const words = spaced.exec(text)?.[0];
    if (words !== undefined) return { sentence: read(words), length: words.length };
  }
  return undefined;
}

/** "no high severity issues" means none that is worse, either. */
function leastOf(words: string): Severity {
  return severities.find((severity) => new RegExp(`\\b${severity}\\b`, 'i').test(words)) ?? 'low';
}
