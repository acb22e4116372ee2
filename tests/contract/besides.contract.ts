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

    it('are listed once each, however many fields they have, and names that begin alike are kept apart', async () => {
      const { counters } = scene.store;
      const buckets = ['day:1', 'day:10', 'day:1:x', 'day:2', 'other'];
      const fields = ['', '0', '\u{ffff}', ...Array.from({ length: 50 }, (_, n) => `f${n}`)];
      await counters.add(
        'b1',
        buckets.flatMap((bucket) => fields.map((field) => ({ bucket, field, by: 1 }))),
      );
      expect(await counters.buckets('day:')).toEqual(['day:1', 'day:10', 'day:1:x', 'day:2']);
      expect(await counters.buckets('day:1')).toEqual(['day:1', 'day:10', 'day:1:x']);
      expect(await counters.buckets('day:3')).toEqual([]);
    });
  });

  describe('the ledger', () => {
    const bytes = (...numbers: number[]): Uint8Array => Uint8Array.from(numbers);
    const rowsOf = async (series: string) => (await scene.store.ledger.read(series)).map((row) => [...row]);

    it('keeps the rows of any process in the order in which they came, each batch once', async () => {
      const other = await scene.another();
      await scene.store.ledger.append('b1', [
        { series: 'u1:base', row: bytes(0, 255) },
        { series: 'u2:base', row: bytes(2) },
        { series: 'u1:base', row: bytes() },
      ]);
      await other.ledger.append('b1', [{ series: 'u1:base', row: bytes(9) }]);
      await other.ledger.append('b2', [{ series: 'u1:base', row: bytes(3) }]);
      await other.ledger.append('b3', []);
      expect(await rowsOf('u1:base')).toEqual([[0, 255], [], [3]]);
      expect(await rowsOf('none')).toEqual([]);
    });

    it('loses no row where many processes append at once', async () => {
      const stores = [scene.store, await scene.another(), await scene.another()];
      await Promise.all(
        Array.from({ length: 60 }, (_, n) =>
          stores[n % 3]!.ledger.append(`b${n}`, [{ series: 's', row: bytes(n) }]),
        ),
      );
      const rows = (await rowsOf('s')).flat().sort((a, b) => a - b);
      expect(rows).toEqual(Array.from({ length: 60 }, (_, n) => n));
    });

    it('names the series of a range, and forgets those that are dropped', async () => {
      await scene.store.ledger.append(
        'b1',
        ['u3', 'u1', 'u10', 'u2'].map((series) => ({ series, row: bytes(1) })),
      );
      expect(await scene.store.ledger.series('u1', 'u3')).toEqual(['u1', 'u10', 'u2']);
      await scene.store.ledger.drop(['u1', 'u2']);
      expect(await scene.store.ledger.series('', 'v')).toEqual(['u10', 'u3']);
      expect(await rowsOf('u1')).toEqual([]);
      await scene.store.ledger.append('b2', [{ series: 'u1', row: bytes(7) }]);
      expect(await rowsOf('u1')).toEqual([[7]]);
    });

    it('folds nothing where the series was dropped and began again with the same row', async () => {
      const append = (batch: string, n: number) =>
        scene.store.ledger.append(batch, [{ series: 's', row: bytes(n) }]);
      await append('b1', 1);
      await append('b2', 2);
      const read = await scene.store.ledger.read('s');
      await scene.store.ledger.drop(['s']);
      await append('b3', 1);
      expect(await scene.store.ledger.fold('s', read, bytes(1, 2))).toBe(false);
      expect(await rowsOf('s')).toEqual([[1]]);
    });

    it('folds the oldest rows into one, and only while they are still the oldest', async () => {
      const append = (batch: string, ...numbers: number[]) =>
        scene.store.ledger.append(batch, [{ series: 's', row: bytes(...numbers) }]);
      await append('b1', 1);
      await append('b2', 2);
      const read = await scene.store.ledger.read('s');
      await append('b3', 3);
      expect(await scene.store.ledger.fold('s', read, bytes(1, 2))).toBe(true);
      expect(await rowsOf('s')).toEqual([[1, 2], [3]]);
      expect(await (await scene.another()).ledger.fold('s', read, bytes(1, 2))).toBe(false);
      expect(await rowsOf('s')).toEqual([[1, 2], [3]]);
      await append('b4', 4);
      expect(await scene.store.ledger.fold('s', await scene.store.ledger.read('s'), bytes(1, 2, 3, 4))).toBe(
        true,
      );
      expect(await scene.store.ledger.fold('s', [], bytes(5))).toBe(false);
      expect(await scene.store.ledger.fold('none', [bytes(5)], bytes(5))).toBe(false);
      expect(await rowsOf('s')).toEqual([[1, 2, 3, 4]]);
    });
  });

  describe('blobs', () => {
    it('are kept apart by room, and found by their owner', async () => {
      await scene.store.blobs('processes').put('p1', Uint8Array.from([1]));
      await scene.store.blobs('baselines').put('p1', Uint8Array.from([2]));
      const found = await (await scene.another()).blobs('baselines').get('p1');
      expect(found && [...found.blob]).toEqual([2]);
      expect(await scene.store.blobs('processes').get('p2')).toBeUndefined();
      await scene.store.blobs('baselines').remove('p1');
      expect(await scene.store.blobs('baselines').get('p1')).toBeUndefined();
      expect((await scene.store.blobs('processes').all()).map(({ owner }) => owner)).toEqual(['p1']);
    });
  });

  describe('the directory', () => {
    it('keeps one blob a process, byte for byte, with the time of its last change', async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
      const before = await scene.store.time();
      await scene.store.blobs('directory').put('p1', Buffer.from('old'));
      await scene.store.blobs('directory').put('p1', bytes);
      await scene.store.blobs('directory').put('p2', new Uint8Array());
      const all = await (await scene.another()).blobs('directory').all();
      expect(all.map(({ owner, blob }) => [owner, [...blob]])).toEqual([
        ['p1', [...bytes]],
        ['p2', []],
      ]);
      expect(all[0]?.at).toBeGreaterThanOrEqual(before);
      await scene.store.blobs('directory').remove('p1');
      expect((await scene.store.blobs('directory').all()).map(({ owner }) => owner)).toEqual(['p2']);
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
