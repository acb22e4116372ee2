import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arena } from '../../../../src/lib/flags/evaluation/Arena.js';
import { GuildKey } from '../../../../src/lib/flags/evaluation/GuildKey.js';
import { GuildTable } from '../../../../src/lib/flags/evaluation/GuildTable.js';

function table(arena = new Arena()): GuildTable {
  return new GuildTable(arena, new GuildKey());
}

/** As evaluation reads it: by a key of its own. */
function seen(guilds: GuildTable, id: string): number {
  const key = new GuildKey();
  if (!key.read(id)) return guilds.bitsOf(id);
  expect(guilds.mayHave(id) || guilds.bits(key) === 0, 'a guild that is in it is never filtered out').toBe(
    true,
  );
  return guilds.bits(key);
}

/** Many that share most digits, some that share all but the first, some that are no snowflakes. */
const id = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((n) => (110_000_000_000_000_000n + BigInt(n)).toString()),
  fc.integer({ min: 1, max: 9 }).map((n) => `${n}10000000000000000`),
  fc.constantFrom('1', 'beta', '9999999999999999999', '11037394382254080x'),
);

describe('a table of guilds', () => {
  it('holds what a Map would hold, whatever is set, changed and removed', () => {
    const writes = fc.array(fc.tuple(id, fc.integer({ min: 0, max: 63 })), { maxLength: 200 });
    fc.assert(
      fc.property(writes, (all) => {
        const guilds = table();
        const expected = new Map<string, number>();
        for (const [guild, bits] of all) {
          guilds.set(guild, bits);
          if (bits === 0) expected.delete(guild);
          else expected.set(guild, bits);
          expect(guilds.size).toBe(expected.size);
        }
        for (const [guild] of all) expect(seen(guilds, guild)).toBe(expected.get(guild) ?? 0);
      }),
    );
  });

  it('splits without losing a guild, and empties again', () => {
    const arena = new Arena();
    const guilds = table(arena);
    const ids = Array.from({ length: 20_000 }, (_, n) =>
      (1_100_000_000_000_000_000n + BigInt(n) * 4_194_304_001n).toString(),
    );
    for (const [n, guild] of ids.entries()) guilds.set(guild, 1 + (n % 63));
    expect(guilds.size).toBe(20_000);
    expect(ids.filter((guild, n) => seen(guilds, guild) !== 1 + (n % 63))).toEqual([]);
    for (const guild of ids.slice(0, 19_999)) guilds.set(guild, 0);
    expect(seen(guilds, ids[19_999] ?? '')).toBe(1 + (19_999 % 63));
    guilds.set(ids[19_999] ?? '', 0);
    expect(guilds.size).toBe(0);
  });

  it('takes ids that agree in all the digits that a split goes by', () => {
    const guilds = table();
    const ids = Array.from({ length: 9_000 }, (_, n) => `${10_000_000 + n}00000000000`);
    for (const guild of ids) guilds.set(guild, 4);
    expect(ids.every((guild) => seen(guilds, guild) === 4)).toBe(true);
    expect(seen(guilds, '1999999900000000000')).toBe(0);
  });

  it('gives its memory to others when it is emptied', () => {
    const arena = new Arena();
    const ids = Array.from({ length: 500 }, (_, n) =>
      (110_000_000_000_000_000n + BigInt(n) * 7_919n).toString(),
    );
    const fill = (): void => {
      const guilds = table(arena);
      for (const guild of ids) guilds.set(guild, 1);
      guilds.clear();
    };
    fill();
    const { bytes } = arena;
    for (let round = 0; round < 20; round++) fill();
    expect(arena.bytes).toBe(bytes);
  });
});
