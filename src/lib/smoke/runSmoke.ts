/** Runs one smoke test so that it always ends: a test that hangs, throws or looks at nothing fails alone, and says why. */
import type { Clock } from '../core/Clock.js';
import { RolloutError } from '../core/RolloutError.js';
import type { Smoke, SmokeFinding, SmokeResult } from './SmokeTest.js';

export interface RunSmokeOptions {
  /** Real time. */
  readonly clock: Clock;
  /** Calls back once after so many ms of real time, unless cancelled before. */
  readonly after: (ms: number, callback: () => void) => { cancel(): void };
  /** How far it is. */
  readonly progress?: (detail: string) => void;
  /** Where the whole run is given up. */
  readonly signal?: AbortSignal;
  /** A test that threw something unexpected is a bug of the test: it is told with its stack. */
  readonly warn: (message: string, cause?: unknown) => void;
}

/** Never rejects. What the test finds after its time is over counts for nothing. */
export async function runSmoke(smoke: Smoke, options: RunSmokeOptions): Promise<SmokeResult> {
  const { clock, after, progress, signal, warn } = options;
  const { name, timeoutMs } = smoke;
  const began = clock.now();
  const controller = new AbortController();
  const giveUp = (): void => controller.abort();
  let detail = '';
  let hasEnded = false;
  const end = (findings: readonly SmokeFinding[], why?: string): SmokeResult => {
    hasEnded = true;
    return resultOf(name, findings, clock.now() - began, why);
  };

  let cancel = (): void => undefined;
  const timeUp = new Promise<SmokeResult>((resolve) => {
    const timer = after(timeoutMs, () => {
      controller.abort();
      const last = detail === '' ? '' : ` The last that it said: ${detail}`;
      resolve(end([], `It did not end within ${seconds(timeoutMs)}.${last}`));
    });
    const onGivenUp = (): void => resolve(end([], 'It was given up before it ended.'));
    controller.signal.addEventListener('abort', () => {
      if (signal?.aborted) onGivenUp();
    });
    cancel = () => timer.cancel();
  });
  if (signal?.aborted) giveUp();
  else signal?.addEventListener('abort', giveUp, { once: true });

  const context = {
    signal: controller.signal,
    progress: (said: string): void => {
      if (hasEnded) return;
      detail = said;
      progress?.(said);
    },
  };
  const test = Promise.resolve()
    .then(() => smoke.run(context))
    .then(
      // A host's test may be written in JavaScript, where nothing keeps it from answering with nothing at all.
      (findings) => (Array.isArray(findings) ? end(findings) : end([])),
      (error: unknown) => {
        if (hasEnded) return end([]);
        if (!(error instanceof RolloutError)) warn(`The smoke test "${name}" threw.`, error);
        return end([], whyItThrew(error));
      },
    );
  try {
    return await Promise.race([test, timeUp]);
  } finally {
    cancel();
    signal?.removeEventListener('abort', giveUp);
  }
}

/** At most so many that failed are named in the sentence. */
const named = 3;

function resultOf(
  name: string,
  findings: readonly SmokeFinding[],
  tookMs: number,
  why: string | undefined,
): SmokeResult {
  const bad = findings.filter(({ ok }) => !ok);
  if (why === undefined && findings.length > 0 && bad.length === 0)
    return { name, verdict: 'passed', tookMs, findings, sentence: `${counted(findings.length)}, all well.` };
  const sentence =
    why ?? (bad.length === 0 ? 'It looked at nothing, so it shows nothing.' : whatIsWrong(bad));
  return { name, verdict: 'failed', tookMs, findings, sentence };
}

/** What is known to go wrong says what to do, too; anything else is a bug, and stands in the log with its stack. */
function whyItThrew(error: unknown): string {
  if (error instanceof RolloutError) return [error.message, error.next ?? ''].join(' ').trim();
  const said = error instanceof Error ? error.message : String(error);
  return `It threw: ${said.replace(/\.$/, '')}. The log says where.`;
}

function whatIsWrong(bad: readonly SmokeFinding[]): string {
  const first = bad.slice(0, named).map(({ what, detail }) => `${what}: ${detail}`);
  const more = bad.length > named ? ` And ${bad.length - named} more.` : '';
  return `${first.join(' ')}${more}`;
}

function counted(count: number): string {
  return count === 1 ? '1 thing was looked at' : `${count} things were looked at`;
}

function seconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${Math.round(ms / 100) / 10} s`;
}
