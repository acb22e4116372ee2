import { describe, expect, it } from 'vitest';
import { countAffected, countAtOnce, mostSampled } from '../../../src/lib/rollbacks/affected.js';
import { guildsNamed } from '../flags/room.js';

describe('who has it on', () => {
  it.each([0, 1, 49, 50, 51, 99, 100, 101, 1_000, 10_007])(
    'of %i guilds is counted, and sampled evenly',
    async (amount) => {
      const guilds = guildsNamed(2 * amount);
      const had = new Set(guilds.filter((_, at) => at % 2 === 0).map(({ id }) => id));
      let pauses = 0;
      const affected = await countAffected(
        guilds,
        (id) => had.has(id),
        () => {
          pauses++;
          return Promise.resolve();
        },
      );
      expect(affected.guilds).toBe(amount);
      expect(affected.members).toBe(
        guilds.filter(({ id }) => had.has(id)).reduce((sum, { members }) => sum + members, 0),
      );
      expect(pauses).toBe(Math.max(0, Math.ceil((2 * amount) / 2_000) - 1));
      const { sample } = affected;
      expect(sample).toHaveLength(Math.min(amount, mostSampled));
      expect(new Set(sample).size).toBe(sample.length);
      expect(sample.every((id) => had.has(id))).toBe(true);
      const order = [...had];
      const gaps = sample.slice(1).map((id, at) => order.indexOf(id) - order.indexOf(sample[at]!));
      expect(Math.max(0, ...gaps)).toBeLessThanOrEqual(Math.max(1, (3 * amount) / mostSampled));
      expect(countAtOnce(guilds, (id) => had.has(id))).toEqual(affected);
    },
  );
});
