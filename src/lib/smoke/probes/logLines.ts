/**
 * Lets a smoke test see that a log line has reached its sink. Whoever writes lines says so here, after the sink took them; a
 * host with a logger of its own may do the same.
 */
const watched = new Map<string, () => void>();
let hasWriter = false;

/** To be called with every line that the sink took; costs nothing while nobody waits for one. */
export function wroteLogLine(line: string): void {
  if (watched.size === 0) return;
  for (const [marker, seen] of watched) if (line.includes(marker)) seen();
}

/** Somebody calls {@link wroteLogLine}: a line that is not seen has not arrived. */
export function announceLogWriter(): void {
  hasWriter = true;
}

export function knowsLogWriter(): boolean {
  return hasWriter;
}

/** Resolves once a line with the marker was written; rejects with the signal's reason. */
export function seeLogLine(marker: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void) => (): void => {
      watched.delete(marker);
      act();
    };
    watched.set(marker, end(resolve));
    const give = end(() => reject(signal.reason as Error));
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
}
