/** Writes a line with a mark of its own, and looks for it where all logs are gathered. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../core/Clock.js';
import { newId } from '../../core/ids.js';
import type { SmokeFinding } from '../SmokeTest.js';
import type { GatheredLogs } from '../SmokeSettings.js';
import { reasonOf } from './probeEndpoint.js';
import { markedLine, type WriteMarked } from './probeLog.js';

export interface ProbeAggregatorOptions {
  readonly logs: Pick<GatheredLogs, 'url' | 'withinMs'>;
  /** Undefined where none is asked for. */
  readonly token: string | undefined;
  readonly write: WriteMarked;
  /** Real time. */
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: (detail: string) => void;
}

const againMs = 500;
/** Of one answer no more is read, characters. */
const mostRead = 10_000_000;
const what = 'a marked line is found again';
const bad = (detail: string): readonly SmokeFinding[] => [{ what, ok: false, detail }];

export async function probeAggregator(options: ProbeAggregatorOptions): Promise<readonly SmokeFinding[]> {
  const { logs, write, clock, signal, progress } = options;
  const deadline = clock.now() + logs.withinMs;
  const never = newMarker();
  const marker = newMarker();
  progress('looking whether the address answers with what is there alone');
  // An address that repeats what it was asked for finds everything, whether it was logged or not.
  if ((await ask(options, never, deadline)).found)
    return bad(
      'The address finds a line that was never written: it repeats what it is asked for. Name one under smoke.logs that answers with lines alone.',
    );
  if (!write(markedLine(marker))) return bad('Nothing is logged at any level. Set LOG_LEVEL to info.');
  for (;;) {
    progress('looking for the line');
    const { found, why } = await ask(options, marker, deadline);
    if (found) return [{ what, ok: true, detail: '' }];
    if (clock.now() >= deadline)
      return bad(`${why} Look at what ships the log of this process, and at smoke.logs in deployments.yaml.`);
    await sleep(againMs, undefined, { signal });
  }
}

function newMarker(): string {
  return `smoke-${newId(12)}`;
}

interface Answer {
  readonly found: boolean;
  readonly why: string;
}

/** Throws only where the whole test is given up. */
async function ask(
  { logs, token, clock, signal }: ProbeAggregatorOptions,
  marker: string,
  deadline: number,
): Promise<Answer> {
  const headers = new Headers(token === undefined ? [] : [['authorization', `Bearer ${token}`]]);
  const address = logs.url.replace(/\{marker\}|%7Bmarker%7D/gi, encodeURIComponent(marker));
  const leftMs = Math.max(againMs, deadline - clock.now());
  try {
    const response = await fetch(address, {
      ...{ headers, redirect: 'manual' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(leftMs)]),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return { found: false, why: `The address answers ${response.status}${hintOf(response.status)}.` };
    }
    const found = await contains(response, marker);
    return { found, why: 'The line is not among what the address answers.' };
  } catch (error) {
    if (signal.aborted) throw error;
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return {
      found: false,
      why: isLate ? 'The address does not answer.' : `It cannot be asked: ${reasonOf(error)}.`,
    };
  }
}

function hintOf(status: number): string {
  return status === 401 || status === 403 ? ': the token of smoke.logs is not taken' : '';
}

/** As it comes: some answer for as long as lines come. */
async function contains({ body }: Response, marker: string): Promise<boolean> {
  let read = 0;
  let end = '';
  for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const text = end + piece;
    if (text.includes(marker)) return true;
    end = text.slice(-marker.length);
    read += piece.length;
    if (read > mostRead) return false;
  }
  return false;
}
