/** A chart of one line of text: the same on a phone, in a screen reader's ear, and in a card that is edited every half minute. */

const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const unknown = '·';

/** At most `width` points, each the highest of its share of the values; from nothing to the highest of all. Empty: nothing is known. */
export function spark(values: readonly (number | null)[], width = 30): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return '';
  const most = Math.max(...known);
  return inShares(values, width)
    .map((share) => {
      const highest = share.reduce<number | null>(higher, null);
      if (highest === null) return unknown;
      return levels[most === 0 ? 0 : Math.min(7, Math.floor((highest / most) * 7.999))] ?? unknown;
    })
    .join('');
}

const higher = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);

function inShares<T>(values: readonly T[], width: number): readonly (readonly T[])[] {
  const shares = Math.min(width, values.length);
  return Array.from({ length: shares }, (_, index) =>
    values.slice(
      Math.floor((index * values.length) / shares),
      Math.floor(((index + 1) * values.length) / shares),
    ),
  );
}
