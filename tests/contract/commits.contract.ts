import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitWithRetry } from '../../src/lib/state/committing/commitWithRetry.js';
import { Conflict, Fenced, TooLarge, TooLate } from '../../src/lib/state/errors.js';
import type { DocumentBody } from '../../src/lib/state/Store.js';
import { commitOf, put } from './commits.js';
import type { Scene } from './store.contract.js';

export function commits(scene: Scene): void {
  describe('commits', () => {
    it('gives a document the number of its commit as version', async () => {
      const first = await scene.store.commit(commitOf([put('a', 0, { on: false })]));
      const second = await scene.store.commit(commitOf([put('a', first.seq, { on: true }), put('b', 0)]));
      expect([first.seq, second.seq]).toEqual([1, 2]);
      expect(await scene.store.getMany('flags', ['a', 'b', 'c'])).toEqual([
        { v: 2, schema: 1, on: true },
        { v: 2, schema: 1 },
        null,
      ]);
    });

    it('keeps every JSON value as it was written', async () => {
      const body: DocumentBody = {
        schema: 1,
        emoji: ':tada:',
        empty: [],
        nothing: {},
        deep: [[], [{}], { a: [] }],
        text: 'é\u2028"\\\n\u0000',
        number: 0.1,
        large: 9_007_199_254_740_991,
        no: null,
      };
      await scene.store.commit(commitOf([{ ns: 'flags', key: ':odd key: ünï', expect: 0, next: body }]));
      expect(await scene.store.getMany('flags', [':odd key: ünï'])).toEqual([{ ...body, v: 1 }]);
    });

    it('does everything or nothing', async () => {
      await scene.store.commit(commitOf([put('a', 0)]));
      const bad = commitOf([put('new', 0), put('a', 7)], { audit: [{ did: 'it' }], outbox: [{ say: 'it' }] });
      await expect(scene.store.commit(bad)).rejects.toThrow(Conflict);
      const { head, documents } = await scene.store.load();
      expect([head.seq, [...documents.flags.keys()]]).toEqual([1, ['a']]);
      expect(await scene.store.audit.read({ limit: 9 })).toEqual([]);
      expect(await scene.store.outbox.pending(9)).toEqual([]);
      expect(await scene.store.outcome(bad.op)).toBeUndefined();
    });

    it('shows whoever lost the race the document as it stands', async () => {
      await scene.store.commit(commitOf([put('a', 0, { by: 'first' })]));
      const lost = await scene.store
        .commit(commitOf([put('a', 0, { by: 'second' })]))
        .catch((error: unknown) => error);
      expect(lost).toBeInstanceOf(Conflict);
      expect(lost).toMatchObject({ ns: 'flags', key: 'a', current: { v: 1, schema: 1, by: 'first' } });
      const gone = await scene.store.commit(commitOf([put('nowhere', 3)])).catch((error: unknown) => error);
      expect(gone).toMatchObject({ code: 'CONFLICT', current: null });
    });

    it('deletes, and checks without changing', async () => {
      await scene.store.commit(commitOf([put('a', 0), put('b', 0)]));
      const check = { ns: 'flags', key: 'b', expect: 1, next: undefined } as const;
      await scene.store.commit(commitOf([{ ns: 'flags', key: 'a', expect: 1, next: null }, check]));
      expect(await scene.store.getMany('flags', ['a', 'b'])).toEqual([null, { v: 1, schema: 1 }]);
      await expect(scene.store.commit(commitOf([{ ...check, expect: 2 }]))).rejects.toThrow(Conflict);
      await scene.store.commit(commitOf([put('a', 0)]));
      expect((await scene.store.getMany('flags', ['a']))[0]?.v).toBe(3);
    });

    it('answers an operation id that it has seen as the first time, whatever has changed since', async () => {
      const commit = commitOf([put('a', 0)], { audit: [{ n: 1 }], outbox: [{ n: 1 }] });
      const first = await scene.store.commit(commit);
      await scene.store.commit(commitOf([put('a', first.seq)]));
      const again = await scene.store.commit({ ...commit, notAfter: 0, fence: { lease: 'x', token: 99 } });
      expect(again).toEqual({ ...first, replayed: true });
      expect(await scene.store.outcome(commit.op)).toEqual({ ...first, replayed: true });
      expect((await scene.store.load()).head.seq).toBe(2);
      expect(await scene.store.audit.read({ limit: 9 })).toHaveLength(1);
      expect(await scene.store.outbox.pending(9)).toHaveLength(1);
    });

    it('refuses a commit that comes too late, before it looks at anything else', async () => {
      const late = commitOf([put('a', 5)], { notAfter: (await scene.store.time()) - 1 });
      await expect(scene.store.commit(late)).rejects.toThrow(TooLate);
      expect((await scene.store.load()).head.seq).toBe(0);
    });

    it('refuses a fence that is not the newest, before it compares versions', async () => {
      await expect(
        scene.store.commit(commitOf([put('a', 5)], { fence: { lease: 'control', token: 1 } })),
      ).rejects.toThrow(Fenced);
    });

    it('refuses what is too large without a trace', async () => {
      const huge = commitOf([put('a', 0, { text: 'x'.repeat(5 * 1024 * 1024) })]);
      await expect(scene.store.commit(huge)).rejects.toThrow(TooLarge);
      await expect(scene.store.commit(commitOf([put('k'.repeat(600), 0)]))).rejects.toThrow(TooLarge);
      expect((await scene.store.load()).head.seq).toBe(0);
    });

    it('loses no update, however many processes write one document at once', async () => {
      const stores = [scene.store, await scene.another(), await scene.another()];
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 2, max: 8 }), fc.uuid(), async (writers, key) => {
          const write = async (writer: number): Promise<void> => {
            const store = stores[writer % stores.length] ?? scene.store;
            await commitWithRetry(store, async () => {
              const [current] = await store.getMany('flags', [key]);
              return commitOf([put(key, current?.v ?? 0, { count: Number(current?.['count'] ?? 0) + 1 })]);
            });
          };
          await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
          expect((await scene.store.getMany('flags', [key]))[0]?.['count']).toBe(writers);
        }),
        { numRuns: 8 },
      );
    });

    it('is, after any commits and repetitions of them, what the commits that succeeded say', async () => {
      const step = fc.record({
        key: fc.constantFrom('a', 'b', 'c'),
        isCurrent: fc.boolean(),
        deletes: fc.boolean(),
        repeat: fc.boolean(),
      });
      let round = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
          round += 1;
          const model = new Map<string, number>();
          for (const { key: name, isCurrent, deletes, repeat } of steps) {
            const key = `${round}-${name}`;
            const version = model.get(key) ?? 0;
            const expect_ = isCurrent ? version : version + 1;
            const commit = commitOf([
              { ns: 'rollouts', key, expect: expect_, next: deletes ? null : { schema: 1 } },
            ]);
            const receipt = await scene.store.commit(commit).catch((error: unknown) => error);
            expect(receipt instanceof Conflict).toBe(!isCurrent);
            if (receipt instanceof Error) continue;
            if (repeat) await scene.store.commit(commit);
            if (deletes) model.delete(key);
            else model.set(key, (receipt as { seq: number }).seq);
          }
          const { documents } = await scene.store.load();
          const mine = [...documents.rollouts].filter(([key]) => key.startsWith(`${round}-`));
          expect(new Map(mine.map(([key, { v }]) => [key, v]))).toEqual(model);
        }),
        { numRuns: 15 },
      );
    });
  });
}
