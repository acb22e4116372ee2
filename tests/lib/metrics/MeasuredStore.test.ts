import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MeasuredStore } from '../../../src/lib/metrics/MeasuredStore.js';
import { Metrics } from '../../../src/lib/metrics/Metrics.js';
import { outboxFigures } from '../../../src/lib/metrics/outboxFigures.js';
import { Conflict, TooLate } from '../../../src/lib/state/errors.js';
import { openStore } from '../../../src/lib/state/openStore.js';
import type { Commit, Store } from '../../../src/lib/state/Store.js';

describe('a measured store', () => {
  let dataDir: string;
  let store: Store;
  let metrics: Metrics;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rollouts-measured-'));
    const bare = await openStore({ dataDir, prefix: 'rollouts' });
    metrics = new Metrics({
      feedLagSeconds: () => 0,
      outbox: () => outboxFigures(bare),
      holdsLease: () => false,
      evaluations: () => [],
    });
    store = new MeasuredStore(bare, metrics);
  });
  afterEach(async () => {
    await store.close();
    await rm(dataDir, { recursive: true });
  });

  async function value(series: string): Promise<number> {
    const line = (await metrics.text()).split('\n').find((text) => text.startsWith(`${series} `));
    return Number(line?.slice(series.length + 1));
  }

  const commit = (op: string, rest: Partial<Commit> = {}): Commit => ({
    op,
    notAfter: Date.now() + 60_000,
    changes: [{ ns: 'flags', key: 'a', expect: 0, next: { schema: 1 } }],
    audit: [],
    outbox: [],
    ...rest,
  });

  it('counts what was committed, once however often it is replayed', async () => {
    await store.commit(commit('one'));
    expect(await store.commit(commit('one'))).toMatchObject({ replayed: true });
    expect(await value('rollouts_commits_total')).toBe(1);
    expect(await value('rollouts_commit_seconds_count')).toBe(2);
  });

  it('counts conflicts apart from other failures, and passes both on', async () => {
    await store.commit(commit('one'));
    await expect(store.commit(commit('two'))).rejects.toThrow(Conflict);
    await expect(store.commit(commit('three', { notAfter: 1 }))).rejects.toThrow(TooLate);
    expect(await value('rollouts_commits_total')).toBe(1);
    expect(await value('rollouts_commit_conflicts_total')).toBe(1);
    expect(await value('rollouts_commit_failures_total{code="TOO_LATE"}')).toBe(1);
  });

  it('tells how many notices wait, and for how long', async () => {
    expect(await value('rollouts_outbox_pending')).toBe(0);
    expect(await value('rollouts_outbox_oldest_seconds')).toBe(0);
    await store.commit(commit('one', { outbox: [{}, {}] }));
    expect(await value('rollouts_outbox_pending')).toBe(2);
    expect(await value('rollouts_outbox_oldest_seconds')).toBeGreaterThanOrEqual(0);
  });

  it('hands through everything else', async () => {
    const { head } = await store.load();
    expect(await store.outcome('none')).toBeUndefined();
    expect(await store.getMany('flags', ['a'])).toEqual([null]);
    expect((await store.snapshot()).head).toEqual(head);
    expect(await store.health()).toMatchObject({ kind: 'lmdb', reachable: true });
    expect(await store.time()).toBeTypeOf('number');
  });
});
