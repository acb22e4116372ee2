import { count } from '../../core/count.js';
import type { Comparison, KindComparison } from './Comparison.js';

/** A comparison as lines for people: a heading a kind, its differences below. Bounded, however large the states are. */
export function comparisonLines({ kinds }: Comparison): readonly string[] {
  return kinds.flatMap((kind) => [heading(kind), ...below(kind).map((line) => `  ${line}`)]);
}

/** One line a kind: what fits on a card. */
export function comparisonSummary({ kinds }: Comparison): readonly string[] {
  return kinds.map(heading);
}

function heading({ ns, before, after, added, removed, changed }: KindComparison): string {
  const parts = [
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(added > 0 ? [`${added} added`] : []),
    ...(removed > 0 ? [`${removed} gone`] : []),
  ];
  return `${ns}: ${parts.join(', ')} (${before} → ${count(after, 'document')})`;
}

function below({ lines, more }: KindComparison): readonly string[] {
  return more > 0 ? [...lines, `… and ${more} more`] : lines;
}
