import { describe, expect, it, vi } from 'vitest';
import { FollowLoop } from '../../../src/lib/state/FollowLoop.js';
import { Watcher } from '../../contract/commits.js';
import { until } from '../../support/redis/until.js';
import { MemoryFeed } from './MemoryFeed.js';

describe('following a feed', () => {
  const scene = async (commits: number) => {
    const memory = new MemoryFeed();
    memory.commit(commits);
    const watcher = new Watcher();
    const [warn, onHistoryBroke] = [vi.fn(), vi.fn()];
    const clock = { now: () => 42 };
    const loop = new FollowLoop({ engine: memory.engine, follower: watcher, clock, warn, onHistoryBroke });
    await loop.start();
    const causes = (): string[] => watcher.reloads.map(({ cause }) => cause);
    return { memory, watcher, loop, warn, onHistoryBroke, causes };
  };

  it('catches up over many pages without leaving one out', async () => {
    const { memory, watcher, loop } = await scene(1);
    memory.commit(1700);
    memory.signal();
    await until('it caught up', () => loop.head.seq === 1701);
    expect(watcher.told.map(({ seq }) => seq)).toEqual(Array.from({ length: 1700 }, (_, n) => n + 2));
    expect([loop.freshAt, watcher.reloads.length]).toEqual([42, 1]);
    await loop.close();
  });

  it('loads anew where the feed was trimmed beyond it, and misses nothing of it as lost', async () => {
    const { memory, watcher, loop, onHistoryBroke, causes } = await scene(3);
    memory.commit(5);
    memory.feed = memory.feed.slice(-2);
    memory.signal();
    await until('it reloaded', () => watcher.reloads.length === 2);
    expect([causes(), watcher.reloads[1]?.vanished, loop.head]).toEqual([
      ['start', 'gap'],
      [],
      { seq: 8, id: '8' },
    ]);
    expect(onHistoryBroke).not.toHaveBeenCalled();
    await loop.close();
  });

  it.each([
    ['shorter', 2, 0],
    ['as long', 2, 2],
    ['longer', 2, 5],
  ])('notices another history that is %s', async (_what, kept, added) => {
    const { memory, watcher, loop, onHistoryBroke, causes } = await scene(1);
    memory.commit(3);
    memory.signal();
    await until('it caught up', () => loop.head.seq === 4);
    memory.feed = memory.feed.slice(0, kept);
    memory.commit(added, 'other');
    memory.signal();
    await until('it reloaded', () => watcher.reloads.length === 2);
    expect(causes()).toEqual(['start', 'lineage']);
    expect(watcher.reloads[1]?.vanished.map(({ id }) => id)).toEqual(['3', '4']);
    expect(onHistoryBroke).toHaveBeenCalledOnce();
    await loop.close();
  });

  it('notices that a commit of its own process vanished, although it never followed it', async () => {
    const { memory, watcher, loop } = await scene(2);
    loop.note({ seq: 3, id: 'mine' });
    memory.commit(1, 'other');
    memory.signal();
    await until('it reloaded', () => watcher.reloads.length === 2);
    expect(watcher.reloads[1]).toMatchObject({ cause: 'lineage', vanished: [{ seq: 3, id: 'mine' }] });
    await loop.close();
  });

  it('takes a restore for what it is', async () => {
    const { memory, watcher, loop, causes } = await scene(2);
    memory.lineage = 'restored';
    memory.feed = [{ seq: 9, id: '9', prev: '', at: 0, keys: [] }];
    memory.signal();
    await until('it reloaded', () => watcher.reloads.length === 2);
    expect([causes(), watcher.reloads[1]?.vanished]).toEqual([['start', 'restored'], []]);
    await loop.close();
  });

  it('tells each change of reachability once, and is fresh again only after it caught up', async () => {
    const { memory, watcher, loop } = await scene(1);
    memory.isAway = true;
    memory.signal({ is: 'down' });
    memory.signal();
    memory.commit();
    memory.isAway = false;
    memory.signal({ is: 'up' });
    await until('it is reachable', () => watcher.reached.length === 3);
    expect(watcher.reached).toEqual([true, false, true]);
    expect(watcher.told).toHaveLength(1);
    await loop.close();
  });

  it('goes on after a follower that throws, and tells of it', async () => {
    const { memory, watcher, loop, warn } = await scene(1);
    watcher.commits = () => {
      throw new Error('a bug above');
    };
    memory.commit();
    memory.signal();
    await until('it went on', () => loop.head.seq === 2);
    expect(warn).toHaveBeenCalledWith('A follower of the state failed.', expect.any(Error));
    await loop.close();
  });
});
