import { setImmediate as turn } from 'node:timers/promises';

/** So long, at most, work goes on before others have their turn, ms. */
const sliceMs = 2;

/** For long work in a process that also answers people: awaited often, it lets the event loop turn every few milliseconds. */
export function breather(now: () => number = () => performance.now()): () => Promise<void> {
  let since = now();
  return async () => {
    if (now() - since < sliceMs) return;
    await turn();
    since = now();
  };
}
