/** How two implementations' ends differ. */
import { isDeepStrictEqual } from 'node:util';
import { differences } from './differences.js';
import type { CompareOptions } from './Implementations.js';

/** How an implementation ended. */
export type Settled<T> = { readonly value: T } | { readonly error: unknown };

/** Short lines for staff; empty where they agree. Throws what a host's `isSame` throws. */
export function disagreement<T>(
  candidate: Settled<T>,
  control: Settled<T>,
  { isSame = isDeepStrictEqual, showTexts = false }: CompareOptions<T> = {},
): readonly string[] {
  if ('error' in candidate) {
    // Both throwing is agreement: which words they use is not the matter.
    return 'error' in control ? [] : [`the new one threw ${nameOf(candidate.error)}, the old one answered`];
  }
  if ('error' in control) return [`the old one threw ${nameOf(control.error)}, the new one answered`];
  if (isSame(candidate.value, control.value)) return [];
  const lines = differences(candidate.value, control.value, showTexts);
  return lines.length > 0 ? lines : ['they differ, by the rule that the bot compares them with'];
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
