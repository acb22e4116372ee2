import { describe, expect, it, vi } from 'vitest';
import type { Signal } from '../../../src/lib/state/Engine.js';
import { FollowLoop } from '../../../src/lib/state/FollowLoop.js';
import { Watcher } from '../../contract/commits.js';
import { until } from '../../support/redis/until.js';
import { MemoryFeed } from './MemoryFeed.js';

describe('commits that come with their message', () => {
  const scene = async (commits: number) => {
    const memory = new MemoryFeed();
    memory.commit(commits);
    const watcher = new Watcher();
    const loop = new FollowLoop({
      engine: memory.engine,
      follower: watcher,
      clock: { now: () => 42 },
      warn: vi.fn(),
      onHistoryBroke: vi.fn(),
    });
    await loop.start();
    memory.reads = 0;
    const told = (): number[] => watcher.told.map(({ seq }) => seq);
    const push = (): Signal => {
      memory.commit();
      return memory.message();
    };
    return { memory, watcher, loop, told, push };
  };

  it('are told at once and without a read', async () => {
    const { memory, loop, told, push } = await scene(1);
    memory.signal(push());
    memory.signal(push());
    expect([told(), memory.reads, loop.head]).toEqual([[2, 3], 0, { seq: 3, id: '3' }]);
    await loop.close();
  });

  it('behind a hole are read, whole and in order', async () => {
    const { memory, loop, told, push } = await scene(1);
    push();
    memory.signal(push());
    expect(told()).toEqual([]);
    await until('it caught up', () => loop.head.seq === 3);
    expect([told(), memory.reads]).toEqual([[2, 3], 1]);
    await loop.close();
  });

  it('that are known already cost nothing and are not told again', async () => {
    const { memory, loop, told, push } = await scene(1);
    const message = push();
    memory.signal(message);
    memory.signal(message);
    expect([told(), memory.reads]).toEqual([[2], 0]);
    await loop.close();
  });

  it('of this process itself are told, although it knows of them before the message comes', async () => {
    const { memory, loop, told, push } = await scene(1);
    const message = push();
    loop.note({ seq: 2, id: '2' });
    memory.signal(message);
    expect([told(), memory.reads]).toEqual([[2], 0]);
    await loop.close();
  });

  it.each([
    ['of another lineage', (memory: MemoryFeed) => (memory.lineage = 'other')],
    ['whose number is known under another id', (memory: MemoryFeed) => memory.feed.splice(0, 2)],
    ['that follow on another commit', (memory: MemoryFeed) => memory.feed.splice(1, 1, entry(2, 'x'))],
  ])('%s are not believed', async (_what, change) => {
    const { memory, loop, told } = await scene(2);
    const before = [...memory.feed];
    change(memory);
    memory.commit(1, 'other');
    const foreign = memory.message();
    memory.feed = before;
    memory.lineage = '';
    memory.signal(foreign);
    await until('it read', () => memory.reads === 1);
    await loop.close();
    expect([told(), loop.head]).toEqual([[], { seq: 2, id: '2' }]);
  });

  it('are not believed where nothing is there yet: every empty state looks alike', async () => {
    const { memory, loop, told, push } = await scene(0);
    const foreign = push();
    memory.feed = [];
    memory.signal(foreign);
    await until('it read', () => memory.reads === 1);
    await loop.close();
    expect(told()).toEqual([]);
  });

  it('are read where this process knows of a later one: the store may have forgotten it', async () => {
    const { memory, watcher, loop, push } = await scene(1);
    loop.note({ seq: 3, id: 'mine' });
    memory.signal(push());
    await until('it reloaded', () => watcher.reloads.length === 2);
    expect(watcher.reloads[1]).toMatchObject({ cause: 'lineage', vanished: [{ seq: 3, id: 'mine' }] });
    await loop.close();
  });

  it('wait for a read that is under way, and are told once, behind what it brings', async () => {
    const { memory, loop, told, push } = await scene(1);
    let open = (): void => undefined;
    memory.gate = new Promise((resolve) => (open = resolve));
    const inTheRead = push();
    memory.signal();
    await until('the read is under way', () => memory.reads === 1);
    const after = [push(), push()];
    for (const message of [inTheRead, ...after]) memory.signal(message);
    expect(told()).toEqual([]);
    open();
    await until('it caught up', () => loop.head.seq === 4);
    expect([told(), memory.reads]).toEqual([[2, 3, 4], 1]);
    await loop.close();
  });

  it('that are too many during a read are read', async () => {
    const { memory, loop, told, push } = await scene(1);
    let open = (): void => undefined;
    memory.gate = new Promise((resolve) => (open = resolve));
    memory.signal();
    await until('the read is under way', () => memory.reads === 1);
    for (let n = 0; n < 150; n += 1) memory.signal(push());
    open();
    await until('it caught up', () => loop.head.seq === 151);
    expect([told(), memory.reads]).toEqual([Array.from({ length: 150 }, (_, n) => n + 2), 2]);
    await loop.close();
  });
});

function entry(seq: number, id: string) {
  return { seq, id, prev: '', at: 0, keys: [] };
}
