/** One stage: its command, its reports, its criteria. */
import type { Clock } from '../../core/Clock.js';
import type { StageBaseline } from './baseline.js';
import { Evidence } from './criteria/Evidence.js';
import { judge } from './criteria/judge.js';
import type { GateStage } from './file/GateFile.js';
import type { CriterionResult, StageResult } from './GateResult.js';
import { OutputTail } from './OutputTail.js';
import { ReportFiles } from './reports/ReportFiles.js';
import { runCommand, type CommandEnd } from './runCommand.js';

export interface StageOptions {
  readonly signal: AbortSignal;
  /** Real time. */
  readonly clock: Clock;
  /** Each line that the command writes, as it comes; secrets of `env` are blotted out. */
  readonly onLine: (line: string) => void;
  readonly baseline: StageBaseline | undefined;
  /** What is measured becomes the baseline, and is judged by itself. */
  readonly setBaseline: boolean;
}

export interface StageRun {
  readonly result: StageResult;
  /** The numbers whose baseline its criteria use. */
  readonly measured: Readonly<Record<string, number>>;
}

export async function runStage(stage: GateStage, options: StageOptions): Promise<StageRun> {
  const { clock, baseline, setBaseline } = options;
  const startedAt = clock.now();
  const files = new ReportFiles(stage);
  await files.look(startedAt);
  const tail = new OutputTail();
  const end = await runCommand(
    stage,
    options.signal,
    (line) => {
      tail.add(line);
      options.onLine(line);
    },
    stage.exitCodes ?? [0],
  );
  const finish = (
    verdict: 'passed' | 'failed',
    criteria: readonly CriterionResult[],
    sentence: string,
  ): StageResult => ({
    ...{ name: stage.name, verdict, tookMs: Math.max(0, clock.now() - startedAt), exitCode: end.exitCode },
    ...{ criteria, sentence: sentence.slice(0, 1_000), tail: verdict === 'passed' ? '' : tail.text },
  });
  if (end.exitCode === null) {
    const why = 'The command did not end by itself, so nothing that it left is looked at.';
    const criteria = stage.criteria.map(({ text }) => ({ text, verdict: 'unknown' as const, why }));
    return { result: finish('failed', criteria, end.sentence), measured: {} };
  }
  const evidence = new Evidence(end.exitCode, await files.read(end.stdout), stage);
  const measured = baselineMeasures(stage, evidence);
  // Where nothing but the exit code speaks, only 0 says that all went well, whatever exit_codes allows.
  const isZero = end.exitCode === 0 && end.left.length === 0;
  const criteria = stage.criteria.map((criterion) =>
    judge(criterion, evidence, (name) => (setBaseline ? measured[name] : baseline?.measures[name]), isZero),
  );
  const wrong = criteria.find(({ verdict }) => verdict !== 'met');
  const exit = exitSentence(stage, end, end.exitCode, evidence);
  if (wrong !== undefined || exit !== undefined) {
    const said = [exit, wrong && `${wrong.text}: ${wrong.why}`].filter((part) => part !== undefined);
    return { result: finish('failed', criteria, said.join(' ')), measured };
  }
  const sentence = criteria.length === 0 ? end.sentence : criteria.map(({ why }) => why).join(' ');
  return { result: finish('passed', criteria, sentence), measured };
}

function isGood({ exitCodes }: GateStage, exitCode: number): boolean {
  return (exitCodes ?? [0]).includes(exitCode);
}

/** What is wrong with how the command ended; undefined where nothing is, or where a criterion looks at the code itself. */
function exitSentence(
  stage: GateStage,
  { sentence, left }: CommandEnd,
  exitCode: number,
  evidence: Evidence,
): string | undefined {
  if (left.length > 0) return `${sentence} ${left.join(', ')} did not run.`;
  if (isGood(stage, exitCode)) return undefined;
  const looksAtCode = stage.criteria.some(({ measures }) => measures.includes('exit_code'));
  if (looksAtCode) return undefined;
  if (exitCode === 1 && foundSomething(stage, evidence)) return undefined;
  const hint = stage.criteria.every(({ sentences }) => sentences.length === 0) && stage.criteria.length > 0;
  return hint ? `${sentence} Where that is no failure, list it under exit_codes.` : sentence;
}

/** Scanners end with 1 when they find anything at all; how bad it is stands in their report, for which the criteria ask. */
function foundSomething({ sequence, criteria, exitCodes }: GateStage, evidence: Evidence): boolean {
  const asks = criteria.some(
    ({ sentences, measures }) =>
      sentences.some(({ about }) => about === 'issues') || measures.some((name) => name.endsWith('issues')),
  );
  const onlyIssues = criteria.every(({ sentences }) => sentences.every(({ about }) => about === 'issues'));
  return exitCodes === undefined && sequence.length === 1 && asks && onlyIssues && evidence.has('issues');
}

function baselineMeasures({ criteria }: GateStage, evidence: Evidence): Readonly<Record<string, number>> {
  const names = new Set(criteria.flatMap(({ baselines }) => baselines));
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const measured = evidence.measure(name);
      return 'missing' in measured ? [] : [[name, measured.value]];
    }),
  );
}
