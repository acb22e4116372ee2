import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  migrateState,
  migrationLease,
  type StateMigrating,
} from '../../../../../src/lib/deployments/migrations/state/migrateState.js';
import { migrations } from './splitName.js';
import { AlreadyMigrating } from '../../../../../src/lib/deployments/migrations/errors.js';
import { Fenced, Unavailable } from '../../../../../src/lib/state/errors.js';
import type { Lease, Store } from '../../../../../src/lib/state/Store.js';
import { lmdbGround } from '../../../../support/lmdbGround.js';

describe("moving the state's documents", () => {
  let ground: Awaited<ReturnType<typeof lmdbGround>>;
  let store: Store;
  let other: Store;
  let kept: number;

  beforeEach(async () => {
    ground = await lmdbGround();
    store = await ground.open('state');
    other = await ground.open('state');
    kept = 0;
    await store.commit({
      ...{ op: 'seed', notAfter: Date.now() + 60_000, audit: [], outbox: [] },
      changes: [
        ...Array.from({ length: 250 }, (_, index) => ({
          ...{ ns: 'cohorts' as const, key: `c${index}`, expect: 0 },
          next: { schema: 1, name: `Ada ${index}` },
        })),
        { ns: 'flags', key: 'untouched', expect: 0, next: { schema: 1, name: 'x y' } },
      ],
    });
  });
  afterEach(async () => {
    await store.close();
    await other.close();
    await ground.dispose();
  });

  const order = (target: number, more: Partial<StateMigrating> = {}): StateMigrating => ({
    migrations,
    target,
    keep: async () => {
      kept += 1;
      return { name: `before-${kept}`, bytes: 1, documents: 251 };
    },
    by: { id: 'system:cli', name: 'ada at home' },
    ...more,
  });
  const schemas = async (): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const { schema } of (await store.load()).documents.cohorts.values())
      counts[schema] = (counts[schema] ?? 0) + 1;
    return counts;
  };

  it('goes up in commits under the lease, after one snapshot, and leaves other kinds alone', async () => {
    expect(await migrateState(store, order(2))).toEqual({ documents: 250, commits: 3, kept: 'before-1' });
    expect(await schemas()).toEqual({ 3: 250 });
    const { documents } = await store.load();
    expect(documents.cohorts.get('c7')).toMatchObject({
      schema: 3,
      first: 'Ada',
      last: '7',
      greeting: 'Hello Ada',
    });
    expect(documents.flags.get('untouched')).toMatchObject({ schema: 1 });
    const [entry] = await store.audit.read({ limit: 1 });
    expect(entry?.body).toMatchObject({
      kind: 'state-migration',
      by: { name: 'ada at home' },
      kept: 'before-1',
    });
  });

  it('does nothing, and takes no snapshot, where everything stands already', async () => {
    await migrateState(store, order(2));
    expect(await migrateState(store, order(2))).toEqual({ documents: 0, commits: 0, kept: undefined });
    expect(kept).toBe(1);
  });

  it('goes all the way back down to exactly what there was', async () => {
    const bodies = async () =>
      [...(await store.load()).documents.cohorts].map(([key, { v: _v, ...body }]) => [key, body]);
    const before = await bodies();
    await migrateState(store, order(2));
    await migrateState(store, order(1));
    expect(await schemas()).toEqual({ 2: 250 });
    await migrateState(store, order(0));
    expect(await bodies()).toEqual(before);
  });

  it('goes on where a process died between two commits', async () => {
    let left = 1;
    const dying: Pick<Store, 'lease' | 'load' | 'commit' | 'time'> = {
      lease: (...args) => store.lease(...args),
      load: () => store.load(),
      time: () => store.time(),
      commit: (commit) => {
        if (left === 0) throw new Unavailable('the process died here', 'none');
        left -= 1;
        return store.commit(commit);
      },
    };
    await expect(migrateState(dying, order(1))).rejects.toThrow('died here');
    expect(await schemas()).toEqual({ 1: 150, 2: 100 });
    expect(await migrateState(other, order(1))).toMatchObject({ documents: 150 });
    expect(await schemas()).toEqual({ 2: 250 });
  });

  it('is never done by two', async () => {
    const refused: unknown[] = [];
    await migrateState(
      store,
      order(1, {
        keep: async () => {
          await migrateState(other, order(1)).catch((error: unknown) => refused.push(error));
          return { name: 'mine', bytes: 1, documents: 1 };
        },
      }),
    );
    expect(refused).toEqual([expect.any(AlreadyMigrating)]);
    expect(refused[0]).toMatchObject({ message: 'ada at home migrates the state now.' });
  });

  it('is refused by the store where another took over while it was held up', async () => {
    let mine: Lease | undefined;
    let theirs: Lease | undefined;
    const heldUp: Pick<Store, 'lease' | 'load' | 'commit' | 'time'> = {
      lease: async (...args) => (mine = await store.lease(...args)),
      load: () => store.load(),
      time: () => store.time(),
      commit: (commit) => store.commit(commit),
    };
    const keep = async () => {
      await mine?.close();
      const nothing = () => undefined;
      theirs = await other.lease(migrationLease, {
        ...{ owner: 'another', ttlMs: 60_000, onGained: nothing, onLost: nothing },
      });
      return { name: 'mine', bytes: 1, documents: 1 };
    };
    await expect(migrateState(heldUp, order(1, { keep }))).rejects.toThrow(Fenced);
    expect(theirs?.fence).toBeDefined();
    expect(await schemas()).toEqual({ 1: 250 });
    await theirs?.close();
  });

  it('takes in a document that somebody wrote meanwhile', async () => {
    let isFirst = true;
    const busy: Pick<Store, 'lease' | 'load' | 'commit' | 'time'> = {
      lease: (...args) => store.lease(...args),
      load: () => store.load(),
      time: () => store.time(),
      commit: async (commit) => {
        const [change] = commit.changes;
        if (isFirst && change !== undefined) {
          isFirst = false;
          await other.commit({
            ...{ op: 'meanwhile', notAfter: Date.now() + 60_000, audit: [], outbox: [] },
            changes: [
              { ns: 'cohorts', key: change.key, expect: change.expect, next: { schema: 1, name: 'Eve 9' } },
            ],
          });
        }
        return store.commit(commit);
      },
    };
    await migrateState(busy, order(1));
    expect(await schemas()).toEqual({ 2: 250 });
    expect((await store.load()).documents.cohorts.get('c0')).toMatchObject({ first: 'Eve', last: '9' });
    expect(kept).toBe(1);
  });

  it('changes nothing where the snapshot cannot be taken', async () => {
    const keep = async () => Promise.reject(new Unavailable('the disk is full', 'none'));
    await expect(migrateState(store, order(2, { keep }))).rejects.toThrow('the disk is full');
    expect(await schemas()).toEqual({ 1: 250 });
  });

  it('changes nothing where one document cannot be moved, or not be moved back', async () => {
    const forgets = [
      { ...migrations[0], down: () => ({ schema: 1, name: 'forgotten' }) },
    ] as typeof migrations;
    await expect(migrateState(store, order(1, { migrations: forgets }))).rejects.toThrow('no way back');
    await store.commit({
      ...{ op: 'odd', notAfter: Date.now() + 60_000, audit: [], outbox: [] },
      changes: [{ ns: 'cohorts', key: 'z', expect: 0, next: { schema: 1, name: 5 } }],
    });
    await expect(migrateState(store, order(1))).rejects.toThrow(
      'Migration 1 (a name becomes two) cannot take cohorts:z: the name is no text',
    );
    expect(await schemas()).toEqual({ 1: 251 });
    expect(kept).toBe(0);
  });

  it('refuses documents of a release that is newer than this one', async () => {
    await migrateState(store, order(2));
    await expect(migrateState(store, order(1, { migrations: migrations.slice(0, 1) }))).rejects.toThrow(
      'is of schema 3, and this release knows no more than 2',
    );
  });
});
