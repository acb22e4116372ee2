import { FlagdCore } from '@openfeature/flagd-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GuildKey, Prefix } from '../../../src/lib/flags/evaluation/GuildKey.js';
import { murmur3, position, threshold } from '../../../src/lib/flags/position.js';
import { vectors } from './position.vectors.json';

const snowflake = fc
  .tuple(fc.integer({ min: 17, max: 19 }), fc.bigInt({ min: 0n, max: 10n ** 19n - 1n }))
  .map(([length, number]) => number.toString().padStart(19, '0').slice(-length));
const seed = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,63}$/);

function quickly(key: string, guildId: string): number | undefined {
  const guild = new GuildKey();
  return guild.read(guildId) ? guild.position(new Prefix(key)) : undefined;
}

describe('a position', () => {
  it.each(vectors)('of $seed and $guildId is $position', ({ seed: key, guildId, position: expected }) => {
    expect(position(key, guildId)).toBe(expected);
  });

  it('is the published hash: two vectors of MurmurHash3 itself', () => {
    expect(murmur3(Buffer.from('hello'))).toBe(0x248bfa47);
    expect(murmur3(Buffer.from('The quick brown fox jumps over the lazy dog'))).toBe(0x2e4ff723);
  });

  it('by the quick way is the same, for every snowflake under every seed', () => {
    fc.assert(
      fc.property(seed, snowflake, (key, guildId) => {
        expect(quickly(key, guildId)).toBe(position(key, guildId));
      }),
      { numRuns: 2_000 },
    );
  });

  it('by the quick way is not attempted for anything but 17 to 19 ASCII digits', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', minLength: 15, maxLength: 21 }),
      fc
        .tuple(snowflake, fc.nat(18), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }))
        .map(([id, at, other]) => id.slice(0, at) + other + id.slice(at + 1)),
    );
    fc.assert(
      fc.property(anything, (id) => {
        expect(new GuildKey().read(id)).toBe(/^[0-9]{17,19}$/.test(id));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a percentage', () => {
  it('raised never takes a guild out', () => {
    fc.assert(
      fc.property(seed, snowflake, fc.nat(10_000), fc.nat(10_000), (key, id, a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        const here = position(key, id);
        expect(here < threshold(less) && !(here < threshold(more))).toBe(false);
      }),
    );
  });

  it('at 0 is for no position, at 100 % for all', () => {
    expect(0 < threshold(0)).toBe(false);
    expect(2 ** 32 - 1 < threshold(10_000)).toBe(true);
  });

  it('picks the guilds that flagd picks: 10,000 ids at 20 percentages', () => {
    const percentages = [
      0.01, 0.5, 1, 2.5, 5, 10, 12.34, 20, 25, 33.33, 40, 50, 60, 66.67, 75, 80, 90, 95, 99, 99.99,
    ];
    const fractional = (basisPoints: number): object => ({
      fractional: [
        { cat: [{ var: '$flagd.flagKey' }, ':', { var: 'targetingKey' }] },
        ['on', basisPoints],
        ['off', 10_000 - basisPoints],
      ],
    });
    const flags = Object.fromEntries(
      percentages.map((percentage, at) => [
        `flag_${at}`,
        {
          state: 'ENABLED',
          variants: { on: true, off: false },
          defaultVariant: 'off',
          targeting: fractional(Math.round(percentage * 100)),
        },
      ]),
    );
    const flagd = new FlagdCore();
    flagd.setConfigurations(JSON.stringify({ flags }));
    const different: string[] = [];
    for (let n = 0; n < 10_000; n++) {
      const id = (100_000_000_000_000_000n + BigInt(n) * 98_765_432_123n).toString();
      for (const [at, percentage] of percentages.entries()) {
        const key = `flag_${at}`;
        const { value } = flagd.resolveBooleanEvaluation(key, false, { targetingKey: id });
        const own = (quickly(key, id) ?? -1) < threshold(Math.round(percentage * 100));
        if (own !== value) different.push(`${key} ${id}`);
      }
    }
    expect(different).toEqual([]);
  });
});
