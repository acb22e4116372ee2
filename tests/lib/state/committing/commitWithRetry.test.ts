import { describe, expect, it } from 'vitest';
import { commitWithRetry } from '../../../../src/lib/state/committing/commitWithRetry.js';
import { Conflict, TooLate } from '../../../../src/lib/state/errors.js';
import type { Commit, CommitReceipt } from '../../../../src/lib/state/Store.js';

const commit: Commit = { op: 'o', notAfter: 0, changes: [], audit: [], outbox: [] };
const receipt: CommitReceipt = { op: 'o', seq: 1, id: 'I', at: 0, replayed: false };

describe('commitWithRetry', () => {
  const storeThatFails = (times: number, error: Error) => {
    let asked = 0;
    return {
      commit: async (): Promise<CommitReceipt> => {
        asked += 1;
        if (asked <= times) throw error;
        return receipt;
      },
      asked: () => asked,
    };
  };
  const conflict = new Conflict('flags', 'a', null);
  const quick = { pauseMs: 0, random: () => 0 };

  it('plans anew after each conflict', async () => {
    const store = storeThatFails(3, conflict);
    const attempts: number[] = [];
    const done = await commitWithRetry(store, (attempt) => (attempts.push(attempt), commit), quick);
    expect([done, attempts]).toEqual([receipt, [1, 2, 3, 4]]);
  });

  it('gives up after the last attempt', async () => {
    const store = storeThatFails(9, conflict);
    await expect(commitWithRetry(store, () => commit, { ...quick, attempts: 3 })).rejects.toBe(conflict);
    expect(store.asked()).toBe(3);
  });

  it('passes every other error on at once', async () => {
    const store = storeThatFails(9, new TooLate('late'));
    await expect(commitWithRetry(store, () => commit, quick)).rejects.toThrow(TooLate);
    expect(store.asked()).toBe(1);
  });
});
