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
  let [above, row, next] = rowsFor(b.length + 1);
  for (let j = 0; j <= b.length; j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    next[0] = i;
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(at(row, j - 1) + (same ? 0 : 1), at(row, j) + 1, at(next, j - 1) + 1);
      const isSwap =
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (isSwap) cost = Math.min(cost, at(above, j - 2) + 1);
      next[j] = cost;
      if (cost < best) best = cost;
    }
    if (best > most) return most + 1;
    [above, row, next] = [row, next, above];
  }
  return at(row, b.length);
}

type Rows = [Uint16Array, Uint16Array, Uint16Array];

/** Kept between calls: a search over ten thousand names would leave thirty thousand rows to the collector. */
let rows: Rows = [new Uint16Array(128), new Uint16Array(128), new Uint16Array(128)];

function rowsFor(length: number): Rows {
  if (length > rows[0].length) rows = [0, 1, 2].map(() => new Uint16Array(length)) as Rows;
  return rows;
}

function at(row: Uint16Array, index: number): number {
  return row[index] ?? 0;
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
