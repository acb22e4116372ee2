/** How long, in words. */
const steps = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
] as const;

/** A length of time as people say it: `2 d 3 h`, `45 min`, `90 s`; at most two parts. */
export function span(ms: number): string {
  const first = steps.findIndex(([size]) => ms >= size);
  if (first < 0) return '0 s';
  const parts = steps.slice(first, first + 2);
  let left = ms;
  const said = parts.flatMap(([size, name]) => {
    const amount = Math.floor(left / size);
    left -= amount * size;
    return amount > 0 ? [`${amount} ${name}`] : [];
  });
  return said.join(' ');
}
