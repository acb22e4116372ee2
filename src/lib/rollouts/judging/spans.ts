/** Sets of unit numbers as a few spans: every unit is taken in once, however the clock jumps. */

export type Spans = readonly (readonly [from: number, to: number])[];

export function has(spans: Spans, unit: number): boolean {
  return spans.some(([from, to]) => from <= unit && unit <= to);
}

export function withUnit(spans: Spans, unit: number): Spans {
  if (has(spans, unit)) return spans;
  const sorted = [...spans, [unit, unit] as const].sort(([a], [b]) => a - b);
  const merged: (readonly [number, number])[] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && last[1] + 1 >= from)
      merged[merged.length - 1] = [last[0], Math.max(last[1], to)];
    else merged.push([from, to]);
  }
  return merged;
}
