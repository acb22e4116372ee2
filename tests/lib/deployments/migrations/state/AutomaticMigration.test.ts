import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  AutomaticMigration,
  type AutomaticMigrationOptions,
} from '../../../../../src/lib/deployments/migrations/state/AutomaticMigration.js';
import { requireReadable } from '../../../../../src/lib/recovery/snapshots/requireReadable.js';
import { SnapshotFolder } from '../../../../../src/lib/recovery/snapshots/SnapshotFolder.js';
import { Fenced, SnapshotNotWritten, Unavailable } from '../../../../../src/lib/state/errors.js';
import type { DocumentBody, Fence, Store } from '../../../../../src/lib/state/Store.js';
import { lmdbGround } from '../../../../support/lmdbGround.js';
import { migrations } from './splitName.js';

let ground: Awaited<ReturnType<typeof lmdbGround>>;
let store: Store;
let folder: SnapshotFolder;
let fence: Fence;
let now = 0;

beforeEach(async () => {
  ground = await lmdbGround();
  store = await ground.open('state');
  folder = new SnapshotFolder(await mkdtemp(join(tmpdir(), 'auto-migration-')));
  fence = await leaseOf(store);
  now = 0;
  await put(Array.from({ length: 120 }, (_, index) => [`c${index}`, { schema: 1, name: `Ada ${index}` }]));
});
afterEach(async () => {
  await store.close();
  await ground.dispose();
  await rm(folder.path, { recursive: true, force: true });
});

function leaseOf(of: Store): Promise<Fence> {
  return new Promise((resolve, reject) => {
    const onLost = (): void => undefined;
    of.lease('control', { owner: 'test', ttlMs: 60_000, onGained: resolve, onLost }).catch(reject);
  });
}

async function put(documents: readonly (readonly [string, DocumentBody])[]): Promise<void> {
  const known = await store.getMany(
    'cohorts',
    documents.map(([key]) => key),
  );
  await store.commit({
    ...{ op: `seed ${Math.random()}`, notAfter: Date.now() + 60_000, audit: [], outbox: [] },
    changes: documents.map(([key, next], index) => ({
      ...{ ns: 'cohorts' as const, key, expect: known[index]?.v ?? 0, next },
    })),
  });
}

function automatic(of: Store = store, more: Partial<AutomaticMigrationOptions> = {}): AutomaticMigration {
  return new AutomaticMigration({
    ...{ store: of, migrations, isAutomatic: true, release: '2.0.0' },
    keep: async () =>
      requireReadable(folder, await folder.write(of.snapshotParts(), Date.now(), 'migration')),
    otherReleases: () => Promise.resolve([]),
    realTime: { now: () => now },
    ...more,
  });
}

async function schemas(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { schema } of (await store.load()).documents.cohorts.values())
    counts[schema] = (counts[schema] ?? 0) + 1;
  return counts;
}

const notices = async (): Promise<readonly string[]> =>
  (await store.outbox.pending(99)).map(({ body }) => JSON.stringify(body));

describe('documents of an older form', () => {
  it('are moved under the lease, behind a snapshot of what there was, and staff are told once', async () => {
    await automatic().turn(fence);
    expect(await schemas()).toEqual({ 3: 120 });
    const [snapshot] = await folder.list();
    expect(snapshot?.why).toBe('migration');
    const { snapshot: before } = await folder.read(snapshot?.name ?? '');
    expect(before.documents.every(({ document }) => document.schema === 1)).toBe(true);
    await automatic().turn(fence);
    expect(await notices()).toEqual([
      expect.stringMatching(
        /The state was moved to the form that 2\.0\.0 knows.*120 documents.*-migration\.snapshot/,
      ),
    ]);
    expect(await folder.list()).toHaveLength(1);
  });

  it('are moved by one of two processes that lead at once, and by the other not at all', async () => {
    const other = await ground.open('state');
    const both = [automatic(store), automatic(other)];
    await Promise.all(both.map((one) => one.turn(fence)));
    expect(await schemas()).toEqual({ 3: 120 });
    expect(await folder.list()).toHaveLength(1);
    expect((await notices()).filter((text) => text.includes('was moved'))).toHaveLength(1);
    // The one that was refused looks again, and finds nothing to do.
    now += 10_000;
    for (const one of both) await one.turn(fence);
    const entries = await store.audit.read({ limit: 99 });
    expect(entries.filter(({ body }) => JSON.stringify(body).includes('state-migration'))).toHaveLength(2);
    await other.close();
  });

  it('wait while a process of another release lives, which is said once', async () => {
    let others = ['1.9.0'];
    const waiting = automatic(store, { otherReleases: () => Promise.resolve(others) });
    for (const _ of [1, 2]) {
      now += await waiting.turn(fence);
    }
    expect(await schemas()).toEqual({ 1: 120 });
    expect(await notices()).toEqual([expect.stringContaining('A process of 1.9.0 still lives')]);
    others = [];
    await waiting.turn(fence);
    expect(await schemas()).toEqual({ 3: 120 });
  });

  it('are left to a person where the file says so', async () => {
    const byHand = automatic(store, { isAutomatic: false });
    now += await byHand.turn(fence);
    await byHand.turn(fence);
    expect(await schemas()).toEqual({ 1: 120 });
    expect(await notices()).toEqual([expect.stringContaining('npx rollouts migrate state apply')]);
  });

  it('stay as they are where one of them cannot be moved; staff are told once what to do, and it is tried again', async () => {
    await put([['z', { schema: 1, name: 5 }]]);
    const stuck = automatic();
    const againMs = await stuck.turn(fence);
    expect(againMs).toBe(600_000);
    now += againMs;
    await stuck.turn(fence);
    expect([await schemas(), await folder.list()]).toEqual([{ 1: 121 }, []]);
    expect(await notices()).toEqual([
      expect.stringMatching(
        /could not be moved.*cannot take cohorts:z: the name is no text.*"pingOnCall":true/,
      ),
    ]);
    await put([['z', { schema: 1, name: 'Eve 1' }]]);
    now += againMs;
    await stuck.turn(fence);
    expect(await schemas()).toEqual({ 2: 1, 3: 120 });
    expect(await store.getMany('settings', ['state-migration'])).toMatchObject([{ told: null }]);
  });

  it('stay as they are where a check fails that moving alone would not notice', async () => {
    const [first] = migrations;
    if (first === undefined) throw new Error('one is needed');
    const bloat = [
      { ...first, up: (body: DocumentBody) => ({ ...first.up(body, ''), more: 'x'.repeat(5e6) }) },
    ];
    await put(Array.from({ length: 119 }, (_, index) => [`c${index + 1}`, { schema: 2 }]));
    const down = (body: DocumentBody): DocumentBody => {
      const { more: _more, ...rest } = body;
      return first.down(rest, '');
    };
    await automatic(store, { migrations: bloat.map((one) => ({ ...one, down })) }).turn(fence);
    expect(await schemas()).toEqual({ 1: 1, 2: 119 });
    expect(await notices()).toEqual([expect.stringContaining('performance impact')]);
  });

  it('stay as they are where no snapshot can be written', async () => {
    const full = (): Promise<never> => Promise.reject(new SnapshotNotWritten('The disk is full.'));
    await automatic(store, { keep: full }).turn(fence);
    expect(await schemas()).toEqual({ 1: 120 });
    expect(await notices()).toEqual([expect.stringContaining('The disk is full.')]);
  });
});

describe('a process', () => {
  it('that does not lead any more tells nobody', async () => {
    const byHand = automatic(store, { isAutomatic: false });
    const stale = { ...fence, token: fence.token - 1 };
    await expect(byHand.turn(stale)).rejects.toBeInstanceOf(Fenced);
    expect(await notices()).toEqual([]);
  });

  it('whose store is away says nothing of it, and looks again', async () => {
    const load = store.load.bind(store);
    store.load = () => Promise.reject(new Unavailable('away', 'none'));
    const one = automatic();
    await expect(one.turn(fence)).rejects.toBeInstanceOf(Unavailable);
    store.load = load;
    await one.turn(fence);
    expect(await schemas()).toEqual({ 3: 120 });
  });

  it('to which all documents were shown to be its own does not read them again', async () => {
    const one = automatic(store, { migrations: [] });
    one.reloaded(await store.load());
    store.load = () => Promise.reject(new Error('read again'));
    expect(await one.turn(fence)).toBe(3_600_000);
  });

  it('looks at once where other documents come with a reload', async () => {
    const one = automatic();
    await one.turn(fence);
    await put([['c1', { schema: 1, name: 'Back 1' }]]);
    expect(await one.turn(fence)).toBeGreaterThan(0);
    expect(await schemas()).toEqual({ 1: 1, 3: 119 });
    one.reloaded(await store.load());
    await one.turn(fence);
    expect(await schemas()).toEqual({ 3: 120 });
  });
});

it('documents of a newer form are left alone, and so are all others beside them; on-call is told once', async () => {
  await put([['c7', { schema: 4, name: 'of tomorrow' }]]);
  const one = automatic();
  now += await one.turn(fence);
  await one.turn(fence);
  expect(await schemas()).toEqual({ 1: 119, 4: 1 });
  expect(await notices()).toEqual([
    expect.stringMatching(/1 document is newer than 2\.0\.0.*cohorts:c7.*"pingOnCall":true/),
  ]);
});
