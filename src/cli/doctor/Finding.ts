/** One thing that was looked at. `problem`: it must be mended; `warning`: it works, but it had better be. */
export interface Finding {
  /** What was looked at: `DISCORD_TOKEN`, `#operations`, `store`. */
  readonly about: string;
  readonly level: 'ok' | 'warning' | 'problem';
  /** What was found, as a sentence. */
  readonly found: string;
  /** What to do about it. */
  readonly next?: string;
}

export function ok(about: string, found: string): Finding {
  return { about, level: 'ok', found };
}

export function warning(about: string, found: string, next: string): Finding {
  return { about, level: 'warning', found, next };
}

export function problem(about: string, found: string, next: string): Finding {
  return { about, level: 'problem', found, next };
}
