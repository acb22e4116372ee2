import { describe, expect, it } from 'vitest';
import { Unavailable } from '../../src/lib/state/errors.js';
import { commitOf, put } from './commits.js';
import type { Scene } from './store.contract.js';

export function besides(scene: Scene): void {
  describe('counters', () => {
    it('add up what any process adds, each batch once', async () => {
      const other = await scene.another();
      const add = (bucket: string, field: string, by: number) => ({ bucket, field, by });
      await scene.store.counters.add('b1', [
        add('day:1', 'ok', 2),
        add('day:1', 'bad', 0.5),
        add('day:2', 'ok', 1),
      ]);
      await Promise.all(
        [scene.store, other].map((store, n) => store.counters.add(`c${n}`, [add('day:1', 'ok', 3)])),
      );
      await other.counters.add('b1', [add('day:1', 'ok', 2)]);
      expect(await other.counters.read('day:1')).toEqual(
        new Map([
          ['ok', 8],
          ['bad', 0.5],
        ]),
      );
      await scene.store.counters.add('other', [add('week:1', 'ok', 1)]);
      expect(await scene.store.counters.buckets('day:')).toEqual(['day:1', 'day:2']);
      expect(await scene.store.counters.buckets('')).toEqual(['day:1', 'day:2', 'week:1']);
      await scene.store.counters.drop(['day:1']);
      expect(await scene.store.counters.buckets('day:')).toEqual(['day:2']);
      expect(await scene.store.counters.read('day:1')).toEqual(new Map());
    });
  });

  describe('the directory', () => {
    it('keeps one blob a process, byte for byte, with the time of its last change', async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
      const before = await scene.store.time();
      await scene.store.directory.put('p1', Buffer.from('old'));
      await scene.store.directory.put('p1', bytes);
      await scene.store.directory.put('p2', new Uint8Array());
      const all = await (await scene.another()).directory.all();
      expect(all.map(({ owner, blob }) => [owner, [...blob]])).toEqual([
        ['p1', [...bytes]],
        ['p2', []],
      ]);
      expect(all[0]?.at).toBeGreaterThanOrEqual(before);
      await scene.store.directory.remove('p1');
      expect((await scene.store.directory.all()).map(({ owner }) => owner)).toEqual(['p2']);
    });
  });

  describe('the store itself', () => {
    it('tells its time and health', async () => {
      expect(Math.abs((await scene.store.time()) - Date.now())).toBeLessThan(5000);
      expect(await scene.store.health()).toMatchObject({
        reachable: true,
        latencyMs: expect.any(Number) as number,
      });
    });

    it('refuses calls after it was closed, and leaves other stores on the same state alone', async () => {
      const other = await scene.another();
      await other.close();
      const refused = await other.commit(commitOf([put('a', 0)])).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(Unavailable);
      expect(refused).toMatchObject({ outcome: 'none' });
      await expect(other.load()).rejects.toThrow(Unavailable);
      expect((await scene.store.commit(commitOf([put('a', 0)]))).seq).toBe(1);
    });
  });
}
