/** Which names are meant by what somebody typed: exact, prefix, word prefix, inside, then near by spelling. */

/** Lower is better; undefined = not meant. Both in folded form ({@link fold}). */
export function rank(typed: string, name: string): number | undefined {
  if (typed === '') return 3;
  if (name === typed) return 0;
  if (name.startsWith(typed)) return 1;
  const at = name.indexOf(typed);
  if (at > 0) return startsWord(name, typed) ? 2 : 3;
  return undefined;
}

function startsWord(name: string, typed: string): boolean {
  for (let at = name.indexOf(typed); at !== -1; at = name.indexOf(typed, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(name[at - 1] ?? '')) return true;
  }
  return false;
}

/** Compared without case, accents and surrounding space. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** How far apart two spellings may be for this length. */
export function tolerance(length: number): number {
  return length < 4 ? 1 : length < 8 ? 2 : 3;
}

/**
 * Letters to insert, delete, replace or swap with their neighbour to get from one to the other (optimal string
 * alignment); more than `most` is answered as `most + 1`.
 */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let above: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j - 1] ?? 0) + (same ? 0 : 1), (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (above[j - 2] ?? 0) + 1);
      }
      next.push(cost);
      if (cost < best) best = cost;
    }
    if (best > most) return most + 1;
    above = row;
    row = next;
  }
  return row[b.length] ?? most + 1;
}

/** At most three names that may have been meant, best first. */
export function nearestNames(typed: string, names: readonly string[], most = 3): readonly string[] {
  const wanted = fold(typed);
  const limit = tolerance(wanted.length);
  return names
    .map((name) => {
      const folded = fold(name);
      const near = rank(wanted, folded) ?? 4 + distance(wanted, folded, limit);
      return { name, near };
    })
    .filter(({ near }) => near <= 4 + limit)
    .sort((a, b) => a.near - b.near || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}
