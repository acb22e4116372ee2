import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { until } from '../support/redis/until.js';
import { commitOf, put, Watcher } from './commits.js';
import type { Scene } from './store.contract.js';

export function following(scene: Scene): void {
  describe('following', () => {
    it('begins with everything, then tells every commit of every process once and in order', async () => {
      await scene.store.commit(commitOf([put('a', 0)]));
      const other = await scene.another();
      const watcher = new Watcher();
      const following = await other.follow(watcher);
      expect(watcher.reloads.map(({ cause, state }) => [cause, state.head.seq])).toEqual([['start', 1]]);
      const receipts = [];
      for (let n = 1; n <= 20; n += 1) {
        const writer = n % 2 === 0 ? scene.store : other;
        receipts.push(await writer.commit(commitOf([put(`k${n}`, 0, { n })])));
      }
      await until('all commits were told', () => watcher.told.length === 20);
      expect(watcher.told.map(({ seq, id, at }) => ({ seq, id, at }))).toEqual(
        receipts.map(({ seq, id, at }) => ({ seq, id, at })),
      );
      expect(watcher.told[4]?.documents).toEqual([
        { ns: 'flags', key: 'k5', document: { v: 6, schema: 1, n: 5 } },
      ]);
      expect(following.head).toEqual({ seq: 21, id: receipts.at(-1)?.id });
      expect(Date.now() - following.freshAt).toBeLessThan(10_000);
    });

    it('tells a deletion as null, and nothing after it was closed', async () => {
      await scene.store.commit(commitOf([put('a', 0)]));
      const watcher = new Watcher();
      const following = await scene.store.follow(watcher);
      await scene.store.commit(commitOf([{ ns: 'flags', key: 'a', expect: 1, next: null }]));
      await until('the deletion was told', () => watcher.told.length === 1);
      expect(watcher.told[0]?.documents).toEqual([{ ns: 'flags', key: 'a', document: null }]);
      await following.close();
      await scene.store.commit(commitOf([put('b', 0)]));
      const second = new Watcher();
      await scene.store.follow(second);
      expect(second.reloads[0]?.state.head.seq).toBe(3);
      expect(watcher.told).toHaveLength(1);
    });

    it('never loads half a commit', async () => {
      const writer = await scene.another();
      let [a, b] = [0, 0];
      let isDone = false;
      const write = async (): Promise<void> => {
        try {
          for (let n = 0; n < 60; n += 1) {
            const { seq } = await writer.commit(commitOf([put('left', a, { n }), put('right', b, { n })]));
            [a, b] = [seq, seq];
          }
        } finally {
          isDone = true;
        }
      };
      const read = async (): Promise<void> => {
        while (!isDone) {
          // LMDB answers without ever leaving this turn of the event loop.
          await turn();
          const { head, documents } = await scene.store.load();
          const [left, right] = [documents.flags.get('left'), documents.flags.get('right')];
          expect(left).toEqual(right);
          expect(left?.v ?? 0).toBe(head.seq);
        }
      };
      await Promise.all([write(), read()]);
    });
  });
}
