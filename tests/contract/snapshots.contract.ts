import { describe, expect, it } from 'vitest';
import { BadSnapshot, Moved } from '../../src/lib/state/errors.js';
import type { Commit, Snapshot, Store } from '../../src/lib/state/Store.js';
import { until } from '../support/redis/until.js';
import { commitOf, put, Watcher } from './commits.js';
import { candidate } from './leases.contract.js';
import type { Scene } from './store.contract.js';

/** A state with something of everything. */
export async function furnish(store: Store): Promise<void> {
  const { lease } = await candidate(store, 'furnisher');
  const notices: Partial<Commit> = {
    audit: [{ n: 1 }, { list: [], text: 'ü' }],
    outbox: [{ n: 1 }, { n: 2 }],
  };
  await store.commit(commitOf([put('a', 0, { on: true, list: [] }), put('gone', 0)], notices));
  if (lease.fence) await store.audit.seal(lease.fence);
  const changes = [
    put('a', 1, { on: false }),
    { ns: 'guilds', key: '42', expect: 0, next: { schema: 1 } } as const,
  ];
  await store.commit(
    commitOf([...changes, { ns: 'flags', key: 'gone', expect: 1, next: null }], { audit: [{ n: 2 }] }),
  );
  await store.counters.add('batch', [{ bucket: 'b', field: 'f', by: 1.5 }]);
  await store.ledger.append('rows', [
    { series: 'r:1', row: Buffer.from([0, 255]) },
    { series: 'r:1', row: Buffer.from([]) },
    { series: 'ü', row: Buffer.from([1]) },
  ]);
  await store.blobs('baselines').put('r', Buffer.from([0, 200]));
  if (lease.fence)
    await store.outbox.settle('1-0', { status: 'sent', channelId: 'c', messageId: 'm' }, lease.fence);
  await lease.close();
}

/** A snapshot without what differs by the moment it was taken. */
export function content({ takenAt: _, head: __, ...rest }: Snapshot): Partial<Snapshot> {
  return rest;
}

export function snapshots(scene: Scene): void {
  describe('snapshots', () => {
    it('are taken back at the commit that was looked at, or not at all', async () => {
      const { seq, id } = await scene.store.commit(commitOf([put('a', 0, { on: true })]));
      const taken = await scene.store.snapshot();
      const later = await scene.store.commit(commitOf([put('b', 0)]));
      const restoring = (base: { seq: number; id: string }, op: string) =>
        scene.store.restore(taken, { base, op, audit: [{ restored: op }], outbox: [{}] });
      await expect(restoring({ seq, id }, 'one')).rejects.toThrow(Moved);
      expect((await scene.store.load()).documents.flags.has('b')).toBe(true);
      expect(await scene.store.outbox.pending(10)).toEqual([]);
      expect(await scene.store.outcome('one')).toBeUndefined();
      expect(await restoring(later, 'one')).toMatchObject({ replayed: false });
      expect((await scene.store.load()).documents.flags.has('b')).toBe(false);
      // What was done is done, wherever the state stands by now.
      expect(await restoring({ seq, id }, 'one')).toMatchObject({ replayed: true });
      expect(await scene.store.outbox.pending(10)).toHaveLength(1);
    });

    it('hold everything, and restore it into another state', async () => {
      await furnish(scene.store);
      const taken = await scene.store.snapshot();
      expect(taken).toMatchObject({ head: { seq: 2 }, auditHead: { count: 2, id: '1-1' } });
      expect([taken.documents.length, taken.audit.length, taken.outbox.map(({ id }) => id)]).toEqual([
        2,
        3,
        ['1-1'],
      ]);
      const other = await scene.another(`${scene.prefix}-other`);
      await other.commit(commitOf([put('theirs', 0)], { audit: [{}], outbox: [{}] }));
      await other.restore(taken);
      expect(content(await other.snapshot())).toEqual(content(taken));
      expect([taken.ledger.length, taken.baselines.length]).toEqual([2, 1]);
      expect(await other.audit.verify()).toMatchObject({ ok: true, entries: 3, unsealed: 1 });
      expect((await other.commit(commitOf([put('a', 2)]))).seq).toBe(4);
    });

    it('go on counting from the greater of the two sequences', async () => {
      const early = await scene.store.snapshot();
      for (let n = 0; n < 3; n += 1) await scene.store.commit(commitOf([put(`k${n}`, 0)]));
      await scene.store.restore(early);
      expect((await scene.store.load()).documents.flags.size).toBe(0);
      expect((await scene.store.commit(commitOf([put('k0', 0)]))).seq).toBe(5);
    });

    it('are seen by followers at once and whole', async () => {
      await furnish(scene.store);
      const taken = await scene.store.snapshot();
      await scene.store.commit(commitOf([put('later', 0)]));
      const watcher = new Watcher();
      await (await scene.another()).follow(watcher);
      await scene.store.restore(taken);
      await until('the follower reloaded', () => watcher.reloads.length === 2);
      expect(watcher.reloads[1]).toMatchObject({ cause: 'restored', vanished: [] });
      expect([...(watcher.reloads[1]?.state.documents.flags ?? [])]).toEqual([
        ['a', { v: 2, schema: 1, on: false }],
      ]);
      await scene.store.commit(commitOf([put('after', 0)]));
      await until('commits are told again', () =>
        watcher.told.some(({ documents }) => documents[0]?.key === 'after'),
      );
    });

    it('never turn back the trail, the lease and the operations of the state they were taken of', async () => {
      const { store } = scene;
      const { lease } = await candidate(store, 'leader');
      const fence = lease.fence;
      await store.commit(commitOf([put('a', 0, { n: 1 })], { audit: [{ n: 1 }], outbox: [{ n: 1 }] }));
      const early = await store.snapshot();
      if (fence) await store.outbox.settle('1-0', { status: 'dropped', reason: 'told' }, fence);
      const later = commitOf([put('a', 1, { n: 2 })], { audit: [{ n: 2 }], outbox: [{ n: 2 }], fence });
      await store.commit(later);
      if (fence) await store.audit.seal(fence);

      const order = { op: 'go back', audit: [{ restored: 1 }], outbox: [{ restored: 1 }] };
      const receipt = await store.restore(early, order);
      expect(receipt).toMatchObject({ seq: 3, trail: 'kept', replayed: false });
      expect((await store.load()).documents.flags.get('a')).toEqual({ v: 1, schema: 1, n: 1 });
      expect((await store.audit.read({ limit: 9 })).map(({ body }) => body)).toEqual([
        { restored: 1 },
        { n: 2 },
        { n: 1 },
      ]);
      expect(await store.audit.verify()).toMatchObject({ ok: true, entries: 3, unsealed: 1 });
      expect((await store.outbox.pending(9)).map(({ body }) => body)).toEqual([{ n: 2 }, { restored: 1 }]);
      expect(await store.commit(later)).toMatchObject({ seq: 2, replayed: true });
      expect(await store.commit(commitOf([put('a', 1)], { fence }))).toMatchObject({ seq: 4 });
      expect(await store.restore(early, order)).toMatchObject({ seq: 3, replayed: true });
      expect((await store.load()).documents.flags.get('a')?.v).toBe(4);
    });

    it('bring their trail along where the state has lost its own, or is another', async () => {
      const entry = { audit: [{ n: 1 }] };
      await scene.store.commit(commitOf([put('a', 0)], entry));
      const shorter = await scene.store.snapshot();
      await scene.store.commit(commitOf([put('b', 0)], entry));
      const longer = await scene.store.snapshot();
      const behind = await scene.another(`${scene.prefix}-behind`);
      expect(await behind.restore(shorter)).toMatchObject({ trail: 'taken' });
      expect(await behind.restore(longer)).toMatchObject({ trail: 'taken' });
      expect(await behind.audit.verify()).toMatchObject({ entries: 2 });
      expect(await behind.restore(shorter)).toMatchObject({ trail: 'kept' });
      expect(await behind.audit.verify()).toMatchObject({ entries: 2 });
      const foreign = await scene.another(`${scene.prefix}-foreign`);
      await foreign.commit(commitOf([put('x', 0)], entry));
      expect(await foreign.restore(shorter)).toMatchObject({ trail: 'taken' });
    });

    it('bring messages that wait, also where another history sent one under the same number', async () => {
      await scene.store.commit(commitOf([], { audit: [{ theirs: 1 }], outbox: [{ theirs: 1 }] }));
      const other = await scene.another(`${scene.prefix}-sent`);
      await other.commit(commitOf([], { outbox: [{ own: 1 }] }));
      const { fence } = (await candidate(other, 'me')).lease;
      await other.outbox.settle(
        '1-0',
        { status: 'dropped', reason: 'old' },
        fence ?? { lease: '', token: 0 },
      );
      expect(await other.restore(await scene.store.snapshot())).toMatchObject({ trail: 'taken' });
      expect((await other.outbox.pending(9)).map(({ body }) => body)).toEqual([{ theirs: 1 }]);
      expect(await other.outbox.settlement('1-0')).toBeUndefined();
    });

    it('that are not whole change nothing', async () => {
      await furnish(scene.store);
      const before = await scene.store.snapshot();
      const broken = { ns: 'flags', key: 'x', document: { v: 0, schema: 1 } } as const;
      await expect(scene.store.restore({ ...before, documents: [broken] })).rejects.toThrow(BadSnapshot);
      expect(content(await scene.store.snapshot())).toEqual(content(before));
    });
  });
}
