/** One difference between what was promised and what there is now. */
export interface Change {
  /** `breaks`: somebody has to do something, or loses something · `new`: only those who want it notice. */
  readonly effect: 'breaks' | 'new';
  /** One line: what, and whom it breaks how. */
  readonly line: string;
}

export const breaks = (line: string): Change => ({ effect: 'breaks', line });
export const adds = (line: string): Change => ({ effect: 'new', line });

/** What stands on both sides, only before, and only now. */
export function sides<T>(
  was: ReadonlyMap<string, T>,
  is: ReadonlyMap<string, T>,
): {
  readonly both: readonly (readonly [string, T, T])[];
  readonly gone: readonly (readonly [string, T])[];
  readonly fresh: readonly (readonly [string, T])[];
} {
  const both: (readonly [string, T, T])[] = [];
  const gone: (readonly [string, T])[] = [];
  for (const [name, before] of was) {
    const now = is.get(name);
    if (now === undefined) gone.push([name, before]);
    else both.push([name, before, now]);
  }
  return { both, gone, fresh: [...is].filter(([name]) => !was.has(name)) };
}
