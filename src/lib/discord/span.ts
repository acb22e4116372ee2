/** How long, in words. */
const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** `2 d 3 h`, `45 min`, `less than a minute`. @param ms rounded down to minutes; negative counts as nothing */
export function span(ms: number): string {
  const first = units.findIndex(([, size]) => ms >= size);
  if (first < 0) return 'less than a minute';
  let left = ms;
  const parts = units.slice(first, first + 2).flatMap(([name, size]) => {
    const amount = Math.floor(left / size);
    left -= amount * size;
    return amount > 0 ? [`${amount} ${name}`] : [];
  });
  return parts.join(' ');
}

/** The same for what is always on the move: only as exact as anyone needs, so that a card is not edited for every minute. */
export function roughSpan(ms: number): string {
  const step = ms >= 86_400_000 ? 3_600_000 : ms >= 3_600_000 ? 600_000 : 60_000;
  return span(Math.floor(ms / step) * step);
}
