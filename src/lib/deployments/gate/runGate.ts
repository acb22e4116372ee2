/** The gate: every stage in its order, and one result that can be shown, kept and posted. */
import type { Clock } from '../../core/Clock.js';
import { readBaseline, writeBaseline, type Baseline } from './baseline.js';
import type { GateFile, GateStage } from './file/GateFile.js';
import type { GateResult, StageResult } from './GateResult.js';
import { runStage } from './runStage.js';

export type GateNews =
  | { readonly kind: 'started'; readonly stage: string; readonly index: number; readonly of: number }
  /** The command wrote this line. */
  | { readonly kind: 'line'; readonly stage: string; readonly line: string }
  | { readonly kind: 'ended'; readonly result: StageResult; readonly index: number; readonly of: number };

export interface GateOptions {
  readonly release: string;
  readonly commit: string | null;
  /** Ends the command that runs, with all that it started; the stage fails and those after it do not run. */
  readonly signal: AbortSignal;
  /** Real time. */
  readonly clock: Clock;
  readonly onNews?: (news: GateNews) => void;
  /** Run what comes after a failed stage, too. @default false */
  readonly keepGoing?: boolean;
  /** Keep what is measured as the baseline, if all stages pass. @default false */
  readonly setBaseline?: boolean;
}

/** @throws GateFileWrong where the baseline cannot be read; then nothing was run */
export async function runGate(file: GateFile, options: GateOptions): Promise<GateResult> {
  const { clock, signal, setBaseline = false, keepGoing = false, onNews } = options;
  const startedAt = clock.now();
  const baseline = await readBaseline(file.baseline);
  const news = new Map(baseline);
  const of = file.stages.length;
  const stages: StageResult[] = [];
  for (const [index, stage] of file.stages.entries()) {
    const failed = stages.find(({ verdict }) => verdict === 'failed');
    if (signal.aborted || (failed !== undefined && !keepGoing)) {
      stages.push(notRun(stage, signal.aborted ? undefined : failed?.name));
      continue;
    }
    onNews?.({ kind: 'started', stage: stage.name, index, of });
    const { result, measured } = await runStage(stage, {
      ...{ signal, clock, setBaseline, baseline: baseline.get(stage.name) },
      onLine: (line) => onNews?.({ kind: 'line', stage: stage.name, line }),
    });
    if (Object.keys(measured).length > 0)
      news.set(stage.name, {
        release: options.release,
        takenAt: new Date(clock.now()).toISOString(),
        measures: measured,
      });
    stages.push(result);
    onNews?.({ kind: 'ended', result, index, of });
  }
  const verdict = stages.every((stage) => stage.verdict === 'passed') ? 'passed' : 'failed';
  if (setBaseline && verdict === 'passed') await keep(file, news);
  return {
    ...{ format: 'rollouts-gate', version: 1, release: options.release, commit: options.commit },
    ...{ startedAt, endedAt: Math.max(startedAt, clock.now()), verdict, stages },
  };
}

/** Those of stages that are gone are forgotten. */
async function keep({ stages, baseline: path }: GateFile, measured: Baseline): Promise<void> {
  const names = new Set(stages.map(({ name }) => name));
  await writeBaseline(path, new Map([...measured].filter(([name]) => names.has(name))));
}

function notRun({ name, criteria }: GateStage, failed: string | undefined): StageResult {
  const why = failed === undefined ? 'Not run: the gate was stopped.' : `Not run, since ${failed} failed.`;
  return {
    ...{ name, verdict: 'not-run', tookMs: 0, exitCode: null, sentence: why, tail: '' },
    criteria: criteria.map(({ text }) => ({ text, verdict: 'unknown', why })),
  };
}
