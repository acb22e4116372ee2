// How long this process itself held its event loop, in CPU time of the main thread: what others took from it does not count.
import { Buffer } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { clearInterval, setInterval } from 'node:timers';

/**
 * Looks every millisecond. `stop` answers the most CPU time between two looks, ms, and the most that the thread stood in line
 * for a CPU; undefined where the system does not tell (it is Linux that does).
 */
export function watchOwnTime() {
  const file = openStat();
  if (file === undefined) return { stop: () => undefined };
  let last = read(file);
  const most = { ranMs: 0, waitedMs: 0 };
  const timer = setInterval(() => {
    const now = read(file);
    most.ranMs = Math.max(most.ranMs, now.ranMs - last.ranMs);
    most.waitedMs = Math.max(most.waitedMs, now.waitedMs - last.waitedMs);
    last = now;
  }, 1);
  return {
    stop: () => {
      clearInterval(timer);
      closeSync(file);
      return most;
    },
  };
}

function openStat() {
  try {
    return openSync('/proc/thread-self/schedstat');
  } catch {
    return undefined;
  }
}

const buffer = Buffer.alloc(128);

/** `<ns on a CPU> <ns in line for one> <turns>` */
function read(file) {
  const length = readSync(file, buffer, 0, buffer.length, 0);
  const [ran, waited] = buffer.toString('latin1', 0, length).split(' ').map(Number);
  return { ranMs: ran / 1e6, waitedMs: waited / 1e6 };
}
