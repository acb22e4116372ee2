/** Where two answers differ, in a few short lines for staff. */
import { isDeepStrictEqual } from 'node:util';

const maxLines = 5;
const maxDepth = 6;
const maxText = 80;

/**
 * `greeting: text of 5 characters, was text of 6 characters`: the candidate's value, then the control's. At most five lines.
 *
 * @param showTexts false: texts are described by their length alone
 */
export function differences(candidate: unknown, control: unknown, showTexts: boolean): readonly string[] {
  const lines: string[] = [];
  compare(candidate, control, [], new Set());
  return lines;

  function compare(a: unknown, b: unknown, path: readonly string[], above: ReadonlySet<object>): void {
    if (lines.length === maxLines || isDeepStrictEqual(a, b)) return;
    if (isPlain(a) && isPlain(b) && Array.isArray(a) === Array.isArray(b) && path.length < maxDepth) {
      // A circle would lead here again; it differs in a place that was reported already.
      if (above.has(a)) return;
      const within = new Set(above).add(a);
      const before = lines.length;
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
        compare(a[key], b[key], [...path, key], within);
      if (lines.length > before) return;
    }
    const where = path.length === 0 ? 'the answer' : path.join('.').slice(0, maxText);
    lines.push(`${where}: ${shown(a, showTexts)}, was ${shown(b, showTexts)}`);
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function shown(value: unknown, showTexts: boolean): string {
  if (typeof value === 'string') {
    if (!showTexts) return `text of ${value.length} characters`;
    return JSON.stringify(value.length > maxText ? `${value.slice(0, maxText)}…` : value);
  }
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (Array.isArray(value)) return `list of ${value.length}`;
  return typeof value === 'object' ? (value.constructor?.name ?? 'Object') : typeof value;
}
