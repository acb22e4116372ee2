/** Reads Redis' untyped answers. A shape that is not as expected means that something else wrote there. */
import { Damaged } from '../errors.js';

export function list(reply: unknown): unknown[] {
  if (Array.isArray(reply)) return reply as unknown[];
  throw unexpected(reply);
}

export function texts(reply: unknown): string[] {
  return list(reply).map(text);
}

export function text(reply: unknown): string {
  if (typeof reply === 'string') return reply;
  if (typeof reply === 'number') return String(reply);
  throw unexpected(reply);
}

export function textOr<T>(reply: unknown, otherwise: T): string | T {
  return reply === null || reply === undefined ? otherwise : text(reply);
}

/** A stream entry `[id, [field, value, …]]`. */
export function streamEntry(reply: unknown): {
  readonly id: string;
  readonly fields: ReadonlyMap<string, string>;
} {
  const [id, flat] = list(reply);
  return { id: text(id), fields: pairs(flat) };
}

/** A flat list `[name, value, …]`. */
export function pairs(reply: unknown): Map<string, string> {
  const flat = texts(reply);
  return new Map(flat.flatMap((name, i) => (i % 2 === 0 ? [[name, flat[i + 1] ?? ''] as const] : [])));
}

function unexpected(reply: unknown): Damaged {
  return new Damaged('Something else than this program wrote into its part of Redis.', {
    next: 'Look at the keys under this prefix; a snapshot can bring the state back.',
    context: { reply },
  });
}
