/** Writes a line with a mark of its own, and waits for it where the lines end up. */
import { newId } from '../../core/ids.js';
import type { SmokeFinding } from '../SmokeTest.js';
import { knowsLogWriter, seeLogLine } from './logLines.js';

/** What is written, and how loudly: a log that is told to keep only errors is tried with one. */
export type WriteMarked = (line: string) => boolean;

/** The line of a probe: people who read the log should know what it is. */
export function markedLine(marker: string): string {
  return `Smoke test: this line is looked for again (${marker}). Nothing is wrong.`;
}

const withinMs = 2_000;

/** @param write false where no level at all is logged */
export async function probeLog(write: WriteMarked, signal: AbortSignal): Promise<SmokeFinding> {
  const marker = `smoke-${newId(12)}`;
  const what = knowsLogWriter() ? 'a marked log line arrives at the sink' : 'the logger takes a marked line';
  const seen = seeLogLine(marker, AbortSignal.any([signal, AbortSignal.timeout(withinMs)]));
  const silent = 'Nothing is logged at any level. Set LOG_LEVEL to info.';
  if (!knowsLogWriter()) {
    seen.catch(() => undefined);
    const ok = write(markedLine(marker));
    return { what, ok, detail: ok ? '' : silent };
  }
  const isWritten = write(markedLine(marker));
  try {
    if (!isWritten) return { what, ok: false, detail: silent };
    await seen;
    return { what, ok: true, detail: '' };
  } catch {
    const detail = `It did not arrive within ${withinMs / 1000} s. Look at where the log goes: a full disk, a closed pipe.`;
    return { what, ok: false, detail };
  } finally {
    seen.catch(() => undefined);
  }
}
