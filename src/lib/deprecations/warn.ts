/** Node's own deprecation warnings, once a place. */

/** Places are remembered so far; beyond that a warning may come again. */
const maxPlaces = 10_000;
const warned = new Set<string>();

/** `process.emitWarning`, once for every `place`. */
export function warnOnce(place: string, message: string, code: string): void {
  const key = `${code} ${place}`;
  if (warned.has(key)) return;
  if (warned.size >= maxPlaces) warned.clear();
  warned.add(key);
  process.emitWarning(message, { type: 'DeprecationWarning', code });
}

/** Where the function `below` was called from: `file:///bot/src/greet.js:12:7`. */
export function callSite(below: (...args: never[]) => unknown): string {
  const holder: { stack?: string } = {};
  const { stackTraceLimit } = Error;
  // One frame is all that is wanted, and costs about a microsecond.
  Error.stackTraceLimit = 1;
  try {
    Error.captureStackTrace(holder, below);
    // The stack is formatted when it is read.
    const frame = /\n\s+at (?:.*\()?(.+?)\)?$/.exec(holder.stack ?? '');
    return frame?.[1] ?? 'an unknown place';
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
