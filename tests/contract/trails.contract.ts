import { describe, expect, it } from 'vitest';
import { Fenced } from '../../src/lib/state/errors.js';
import type { Fence } from '../../src/lib/state/Store.js';
import { commitOf, put } from './commits.js';
import { candidate } from './leases.contract.js';
import type { Scene } from './store.contract.js';

const stale: Fence = { lease: 'control', token: 99 };

export function trails(scene: Scene): void {
  const fenceOf = async (): Promise<Fence> => (await candidate(scene.store, 'me')).lease.fence ?? stale;
  const write = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1)
      await scene.store.commit(
        commitOf([put(`k${n}`, 0)], {
          audit: [{ n }, { n, second: true }],
          outbox: [{ n }, { n, second: true }],
        }),
      );
  };

  describe('the audit', () => {
    it('is read newest first, page by page', async () => {
      await write(3);
      const all = await scene.store.audit.read({ limit: 99 });
      expect(all.map(({ id }) => id)).toEqual(['3-1', '3-0', '2-1', '2-0', '1-1', '1-0']);
      expect(all[0]).toMatchObject({ seq: 3, body: { n: 2, second: true } });
      expect(all[0]?.seal).toBeUndefined();
      const page = await scene.store.audit.read({ limit: 2, before: '2-1' });
      expect(page.map(({ id }) => id)).toEqual(['2-0', '1-1']);
      expect(await scene.store.audit.get('2-0')).toEqual(page[0]);
      expect(await scene.store.audit.get('9-0')).toBeUndefined();
      expect(await scene.store.audit.get('nonsense')).toBeUndefined();
    });

    it('is sealed in order by the holder of the lease, and only by them', async () => {
      const fence = await fenceOf();
      await write(2);
      const head = await scene.store.audit.seal(fence);
      expect(head).toMatchObject({ count: 4, id: '2-1' });
      expect((await scene.store.audit.get('2-1'))?.seal).toBe(head.seal);
      await write(0);
      await scene.store.commit(commitOf([], { audit: [{ late: true }] }));
      await expect(scene.store.audit.seal(stale)).rejects.toThrow(Fenced);
      expect(await scene.store.audit.verify()).toEqual({ ok: true, entries: 5, unsealed: 1, head });
      expect((await scene.store.audit.seal(fence)).count).toBe(5);
    });

    const hands = [
      ['changed', (text: string) => text.replace('"n":1', '"n":7'), '2-0', /changed/],
      ['made unreadable', () => 'junk', '2-0', /readable/],
      ['removed', () => undefined, '2-1', /removed/],
    ] as const;
    it.each(hands)('finds an entry that was %s by hand', async (_what, change, foundAt, problem) => {
      const fence = await fenceOf();
      await write(3);
      await scene.store.audit.seal(fence);
      await scene.ground.rewriteAudit(scene.prefix, '2-0', change);
      const verdict = await scene.store.audit.verify();
      expect(verdict).toMatchObject({ ok: false, id: foundAt });
      expect(verdict.ok ? '' : verdict.problem).toMatch(problem);
    });

    it('finds that its end was cut off', async () => {
      const fence = await fenceOf();
      await write(2);
      await scene.store.audit.seal(fence);
      await scene.ground.rewriteAudit(scene.prefix, '2-1', () => undefined);
      expect(await scene.store.audit.verify()).toMatchObject({ ok: false, id: '2-1' });
    });
  });

  describe('the outbox', () => {
    it('keeps messages in commit order until they are settled', async () => {
      const fence = await fenceOf();
      await write(2);
      const { outbox } = scene.store;
      expect((await outbox.pending(99)).map(({ id }) => id)).toEqual(['1-0', '1-1', '2-0', '2-1']);
      expect((await outbox.pending(1)).map(({ body }) => body)).toEqual([{ n: 0 }]);
      const sent = { status: 'sent', channelId: 'c', messageId: 'm' } as const;
      await outbox.settle('1-0', sent, fence);
      await outbox.settle('1-0', { status: 'dropped', reason: 'twice' }, fence);
      await outbox.settle('1-1', { status: 'dropped', reason: 'no' }, fence);
      expect(await outbox.settlement('1-0')).toEqual(sent);
      expect(await outbox.settlement('1-1')).toEqual({ status: 'dropped', reason: 'no' });
      expect(await outbox.settlement('2-0')).toBeUndefined();
      expect((await outbox.pending(99)).map(({ id }) => id)).toEqual(['2-0', '2-1']);
    });

    it('keeps the order of many messages in one commit, also of those that were parked', async () => {
      const fence = await fenceOf();
      const bodies = Array.from({ length: 12 }, (_, n) => ({ n }));
      await scene.store.commit(commitOf([], { audit: bodies, outbox: bodies }));
      const { outbox, audit } = scene.store;
      const pending = async () => (await outbox.pending(99)).map(({ body }) => body);
      expect(await pending()).toEqual(bodies);
      for (const n of [10, 2]) await outbox.settle(`1-${n}`, { status: 'parked', reason: 'later' }, fence);
      await outbox.unpark(fence);
      expect(await pending()).toEqual(bodies);
      expect((await audit.read({ limit: 99 })).map(({ body }) => body)).toEqual([...bodies].reverse());
    });

    it('parks messages and puts them back where they stood', async () => {
      const fence = await fenceOf();
      await write(2);
      const { outbox } = scene.store;
      for (const id of ['1-1', '1-0'])
        await outbox.settle(id, { status: 'parked', reason: 'no channel' }, fence);
      expect((await outbox.parked()).map(({ id, reason }) => [id, reason])).toEqual([
        ['1-0', 'no channel'],
        ['1-1', 'no channel'],
      ]);
      expect(await outbox.settlement('1-0')).toEqual({ status: 'parked', reason: 'no channel' });
      expect((await outbox.pending(99)).map(({ id }) => id)).toEqual(['2-0', '2-1']);
      expect(await outbox.unpark(fence)).toBe(2);
      expect((await outbox.pending(99)).map(({ id }) => id)).toEqual(['1-0', '1-1', '2-0', '2-1']);
      expect(await outbox.settlement('1-0')).toBeUndefined();
    });

    it('holds a message parked until it is put back or settled, and no longer', async () => {
      const fence = await fenceOf();
      await write(1);
      const { outbox } = scene.store;
      for (const id of ['1-0', '1-1']) await outbox.settle(id, { status: 'parked', reason: 'later' }, fence);
      await outbox.settle('1-0', { status: 'dropped', reason: 'no use' }, fence);
      expect((await outbox.parked()).map(({ id }) => id)).toEqual(['1-1']);
      expect([await outbox.unpark(fence), await outbox.unpark(fence)]).toEqual([1, 0]);
      expect(await outbox.parked()).toEqual([]);
    });

    it('listens only to the holder of the lease', async () => {
      await fenceOf();
      await write(1);
      const sent = { status: 'sent', channelId: 'c', messageId: 'm' } as const;
      await expect(scene.store.outbox.settle('1-0', sent, stale)).rejects.toThrow(Fenced);
      await expect(scene.store.outbox.unpark(stale)).rejects.toThrow(Fenced);
      expect(await scene.store.outbox.pending(99)).toHaveLength(2);
    });
  });
}
