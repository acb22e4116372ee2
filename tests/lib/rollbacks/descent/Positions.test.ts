import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aboveAll,
  batchCount,
  batchSizeFor,
  minutesFor,
} from '../../../../src/lib/rollbacks/descent/batches.js';
import { Positions } from '../../../../src/lib/rollbacks/descent/Positions.js';

const position = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('batches', () => {
  it('are a hundred guilds, or as many as end within 25 minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000_000 }), (affected) => {
        const batchSize = batchSizeFor(affected);
        const batches = batchCount({ affected, batchSize });
        expect(batchSize).toBeGreaterThanOrEqual(100);
        expect(minutesFor(batches)).toBeLessThanOrEqual(25);
        expect(batches * batchSize).toBeGreaterThanOrEqual(affected);
      }),
    );
    expect([100, 101, 5_000, 1_000_000].map(batchSizeFor)).toEqual([100, 100, 100, 20_000]);
  });
});

describe('positions', () => {
  it('a ceiling turns off as many guilds as it says, at least as many as asked for, and hardly more', () => {
    fc.assert(
      fc.property(fc.array(position, { maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (all, amount) => {
        const positions = new Positions();
        for (const one of all) positions.add(one);
        let ceiling = aboveAll;
        let off = 0;
        while (ceiling > 0) {
          const next = positions.below(ceiling, amount);
          const between = all.filter((one) => one < ceiling && one >= next.ceiling).length;
          expect(next.ceiling).toBeLessThan(ceiling);
          expect(next.guilds).toBe(between);
          if (next.ceiling > 0) expect(between).toBeGreaterThanOrEqual(amount);
          ceiling = next.ceiling;
          off += between;
        }
        expect(off).toBe(all.length);
      }),
    );
  });

  it('below a ceiling of none there is nothing', () => {
    expect(new Positions().below(0, 10)).toEqual({ ceiling: 0, guilds: 0 });
  });
});
