/** Guild ids as pairs of numbers: sorted they lie close together, and their differences are small. */

/** A snowflake: the upper 42 bits (when it was made) and the lower 22. */
export interface SplitId {
  readonly high: number;
  readonly low: number;
}

const lowSize = 2 ** 22;
const highSize = 2 ** 42;
const million = 1_000_000;
const snowflake = /^[1-9]\d{0,19}$/;

/** undefined where the text is no 64-bit number in its plain form. */
export function splitId(id: string): SplitId | undefined {
  if (!snowflake.test(id)) return undefined;
  // As in joinId: six digits and the rest, so that no product leaves 2^53.
  const large = Number(id.slice(0, -6));
  const rest = (large % lowSize) * million + Number(id.slice(-6));
  const high = Math.floor(large / lowSize) * million + Math.floor(rest / lowSize);
  return high < highSize ? { high, low: rest % lowSize } : undefined;
}

/** Whether two whole numbers of at least 0 are the halves of a 64-bit number. */
export function isSplitId(high: number, low: number): boolean {
  return high < highSize && low < lowSize;
}

/** Two limbs of six digits and the rest: every product stays below 2^53, and no BigInt is made. */
export function joinId({ high, low }: SplitId): string {
  const small = (high % million) * lowSize + low;
  const large = Math.floor(high / million) * lowSize + Math.floor(small / million);
  return large === 0 ? String(small) : `${large}${String(small % million).padStart(6, '0')}`;
}

export function compareIds(a: SplitId, b: SplitId): number {
  return a.high - b.high || a.low - b.low;
}
