import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../../../src/lib/state/openStore.js';
import { tokenJump } from '../../../../src/lib/state/fence.js';
import type { CommitReceipt } from '../../../../src/lib/state/Store.js';
import { commitOf, put, Watcher } from '../../../contract/commits.js';
import { candidate } from '../../../contract/leases.contract.js';
import { describeRedis } from '../../../support/redis/available.js';
import { startSentinelGroup, type SentinelGroup } from '../../../support/redis/sentinel.js';
import { until } from '../../../support/redis/until.js';

describeRedis('when a failover loses commits', () => {
  let group: SentinelGroup;
  beforeAll(async () => {
    group = await startSentinelGroup();
  }, 60_000);
  afterAll(() => group.dispose());

  it('it is noticed, the lost commits are named, everything is loaded anew, and old lease tokens are void', async () => {
    const warnings: string[] = [];
    const warn = (message: string): void => void warnings.push(message);
    const store = await openStore({
      redisUrl: group.url,
      dataDir: '',
      prefix: 'fail',
      deadlineMs: 800,
      warn,
    });
    const watcher = new Watcher();
    await store.follow(watcher);
    const holder = await candidate(store, 'me', 60_000);
    const kept = await store.commit(commitOf([put('kept', 0)]));
    await until('the replica has it', async () =>
      String(await group.replica.send('HGET', '{fail}:state:head', 'id')).includes(kept.id),
    );
    // Without its replica the master goes on alone, and what it writes now is lost with it.
    await group.replica.stop();
    const lost: CommitReceipt[] = [];
    for (let n = 0; n < 3; n += 1) {
      // The client may be busy learning that the replica is gone: asked again under its id, a commit happens once.
      const commit = commitOf([put(`lost${n}`, 0)]);
      lost.push(await until('it is taken', () => store.commit(commit).catch(() => undefined)));
    }
    expect(warnings[0]).toMatch(/No replica confirmed/);
    await until('all was told', () => watcher.told.length === 4);
    await group.master.stop();
    await group.replica.start();

    const commit = commitOf([put('after', 0)]);
    await until('the new master takes a change', () => store.commit(commit).catch(() => undefined), 25_000);
    await until('it reloaded', () => watcher.reloads.some(({ cause }) => cause === 'lineage'));
    const reload = watcher.reloads.find(({ cause }) => cause === 'lineage');
    expect(reload?.vanished).toEqual(lost.map(({ seq, id }) => ({ seq, id })));
    expect(reload?.state.documents.flags.has('kept')).toBe(true);
    expect(reload?.state.documents.flags.has('lost0')).toBe(false);
    await until(
      'it holds a token that was never given before',
      () => (holder.lease.fence?.token ?? 0) > tokenJump,
    );
    expect(holder.lost).toBeGreaterThan(0);
    await until('it is reachable again', () => watcher.reached.at(-1) === true);
    await store.close();
  }, 60_000);
});
