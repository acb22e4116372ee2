import { describe, expect, it } from 'vitest';
import { Fenced } from '../../src/lib/state/errors.js';
import type { Fence, Lease, Store } from '../../src/lib/state/Store.js';
import { until } from '../support/redis/until.js';
import { commitOf, put } from './commits.js';
import type { Scene } from './store.contract.js';

export interface Candidate {
  readonly lease: Lease;
  readonly gained: Fence[];
  lost: number;
}

export async function candidate(store: Store, owner: string, ttlMs = 5000): Promise<Candidate> {
  const [gained, counts] = [[] as Fence[], { lost: 0 }];
  const onGained = (fence: Fence): void => void gained.push(fence);
  const onLost = (): void => void (counts.lost += 1);
  const lease = await store.lease('control', { owner, ttlMs, onGained, onLost });
  return {
    lease,
    gained,
    get lost() {
      return counts.lost;
    },
  };
}

export function leases(scene: Scene): void {
  describe('leases', () => {
    it('are held by one at a time, even where two use one name', async () => {
      const first = await candidate(scene.store, 'same');
      const second = await candidate(await scene.another(), 'same');
      expect([first.lease.fence, second.lease.fence]).toEqual([{ lease: 'control', token: 1 }, undefined]);
      expect(await second.lease.holder()).toEqual({ owner: 'same', token: 1 });
    });

    it('are handed over as soon as they are given up, with a greater token', async () => {
      const first = await candidate(scene.store, 'first', 60_000);
      const second = await candidate(await scene.another(), 'second', 60_000);
      await first.lease.close();
      await until('the second holds it', () => second.lease.fence, 5000);
      expect(first.lost).toBe(1);
      expect(second.gained).toEqual([{ lease: 'control', token: 2 }]);
      expect(await first.lease.holder()).toEqual({ owner: 'second', token: 2 });
    });

    it('fence off whoever held them before', async () => {
      const first = await candidate(scene.store, 'first');
      const old = first.lease.fence;
      await scene.store.commit(commitOf([put('a', 0)], { fence: old }));
      await first.lease.close();
      // Given up, but not taken: nobody can act against the old holder yet.
      await scene.store.commit(commitOf([put('b', 0)], { fence: old }));
      await candidate(await scene.another(), 'second');
      await expect(scene.store.commit(commitOf([put('c', 0)], { fence: old }))).rejects.toThrow(Fenced);
    });

    it('are kept by renewing them past their ttl', async () => {
      const first = await candidate(scene.store, 'first', 300);
      const second = await candidate(await scene.another(), 'second', 300);
      const start = await scene.store.time();
      await until('three ttls went by', async () => (await scene.store.time()) - start > 900);
      expect([first.gained.length, first.lost, second.gained.length]).toEqual([1, 0, 0]);
      await first.lease.close();
      await second.lease.close();
      expect(await first.lease.holder()).toBeUndefined();
    });
  });
}
