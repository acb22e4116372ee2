import { describe, expect, it } from 'vitest';
import { inLanes } from '../../../../src/lib/rollouts/judging/lanes.js';

describe('lanes', () => {
  it('do all that there is to do, so many at a time and no more', async () => {
    const done: string[] = [];
    const running = { now: 0, most: 0 };
    await inLanes(['1', '2', '3', '4', '5', '6', '7'], 3, async (item) => {
      running.most = Math.max(running.most, ++running.now);
      for (let round = 0; round < 20; round++) await new Promise(setImmediate);
      running.now--;
      done.push(item);
    });
    expect([...done].sort()).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(running).toEqual({ now: 0, most: 3 });
  });

  it('begin nothing after a failure, but end what was begun before they tell of it', async () => {
    const [begun, ended] = [new Set<string>(), new Set<string>()];
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const all = inLanes(['1', '2', '3', '4', '5', '6'], 2, async (item) => {
      begun.add(item);
      if (item === '1') await gate;
      if (item === '2') {
        open();
        throw new Error('no more');
      }
      ended.add(item);
    });
    await expect(all).rejects.toThrow('no more');
    expect([...begun]).toEqual(['1', '2']);
    expect([...ended]).toEqual(['1']);
  });

  it('let the event loop go round between two items', async () => {
    let rounds = 0;
    const seen: number[] = [];
    let isOver = false;
    const goRound = (): void => {
      rounds++;
      if (!isOver) setImmediate(goRound);
    };
    setImmediate(goRound);
    await inLanes(['a', 'b', 'c', 'd'], 4, () => {
      seen.push(rounds);
      return Promise.resolve();
    });
    isOver = true;
    expect(new Set(seen).size).toBe(4);
  });
});
