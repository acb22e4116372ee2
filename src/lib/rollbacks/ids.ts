/** Rollbacks are named after what they take back: whoever else means the same moment gets the same name, and there is one. */
import { createHash } from 'node:crypto';
import { newId } from '../core/ids.js';

const length = 8;

/** @param from what it is, in parts; the same parts give the same id */
export function derivedId(...from: readonly (string | number)[]): string {
  const digest = createHash('sha256').update(JSON.stringify(from)).digest();
  return newId(length, (size) => digest.subarray(0, size));
}
