import { describe, expect, it } from 'vitest';
import { rollbackStates } from '../../../src/lib/rollbacks/documents.js';
import { isDone, isOver, mayFollow } from '../../../src/lib/rollbacks/transitions.js';

const allowed = new Set([
  'running paused',
  'running returning',
  'running proving',
  'paused running',
  'paused returning',
  'returning running',
  'returning cancelled',
  'proving completed',
]);

describe('the states of a rollback', () => {
  it.each(rollbackStates.flatMap((from) => rollbackStates.map((to) => [from, to] as const)))(
    '%s → %s is as the table says',
    (from, to) => {
      expect(mayFollow(from, to)).toBe(from === to || allowed.has(`${from} ${to}`));
    },
  );

  it('every state but the two ends leads to an end', () => {
    expect(rollbackStates.filter(isOver)).toEqual(['completed', 'cancelled']);
  });

  it('a completed rollback whose proof is open still has something to do', () => {
    expect(isDone({ state: 'completed', proof: null })).toBe(false);
    expect(isDone({ state: 'completed', proof: { isFinal: false } })).toBe(false);
    expect(isDone({ state: 'completed', proof: { isFinal: true } })).toBe(true);
    expect(isDone({ state: 'cancelled', proof: null })).toBe(true);
    expect(isDone({ state: 'proving', proof: { isFinal: true } })).toBe(false);
  });
});
