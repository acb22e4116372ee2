import { describe, expect, it } from 'vitest';
import { Round } from '../../../../src/lib/rollouts/judging/Round.js';

const all = ['a', 'b', 'c'];

describe('a round', () => {
  it('is over when everyone was looked at, and the next turn begins a new one', () => {
    const round = new Round();
    expect(round.begin(all, 0, 30_000)).toEqual(all);
    expect(round.isOver).toBe(true);
    expect(round.begin(all, 1, 30_000)).toEqual(all);
  });

  it('goes on with whom the turn before left, and with nobody else', () => {
    const round = new Round();
    round.begin(all, 0, 30_000);
    round.leave('b');
    expect(round.isOver).toBe(false);
    expect(round.begin(all, 10, 30_000)).toEqual(['b']);
    expect(round.isOver).toBe(true);
  });

  it('looks at everyone again in time, though one is never done', () => {
    const round = new Round();
    round.begin(all, 0, 30_000);
    round.leave('b');
    for (let now = 1_000; now < 30_000; now += 1_000) {
      expect(round.begin(all, now, 30_000)).toEqual(['b']);
      round.leave('b');
    }
    expect(round.begin(all, 30_000, 30_000)).toEqual(all);
  });

  it('begins anew where whom it left is gone', () => {
    const round = new Round();
    round.begin(all, 0, 30_000);
    round.leave('b');
    expect(round.begin(['a', 'c'], 10, 30_000)).toEqual(['a', 'c']);
  });
});
