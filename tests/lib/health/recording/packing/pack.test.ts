import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, CutShort } from '../../../../../src/lib/health/recording/packing/ByteReader.js';
import { ByteWriter } from '../../../../../src/lib/health/recording/packing/ByteWriter.js';
import { joinId, splitId } from '../../../../../src/lib/health/recording/packing/guildId.js';
import {
  mergeMeasured,
  type MeasuredRows,
} from '../../../../../src/lib/health/recording/packing/MeasuredRows.js';
import { pack, packTightly, unpack } from '../../../../../src/lib/health/recording/packing/pack.js';

const guild = fc.oneof(
  fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String),
  fc.constantFrom('', 'guild one', '007', '18446744073709551616', 'ギルド'),
);
const histogram = fc.dictionary(
  fc.integer({ min: -46, max: 360 }).map(String),
  fc.integer({ min: 1, max: 5000 }),
  { maxKeys: 6, noNullPrototype: true },
);
const row = fc
  .record({
    guild,
    arm: fc.constantFrom('canary' as const, 'control' as const),
    isRandomised: fc.boolean(),
    failures: fc.nat(300),
    durations: histogram,
  })
  .map((facts) => ({
    ...facts,
    runs: Object.values(facts.durations).reduce((sum, count) => sum + count, 0),
  }));
const measured: fc.Arbitrary<MeasuredRows> = fc.record({
  from: fc.nat(1e12),
  to: fc.constant(2e12),
  rows: fc.uniqueArray(row, {
    selector: ({ guild: id, arm, isRandomised }) => `${id} ${arm} ${String(isRandomised)}`,
  }),
});

const sorted = ({ rows, ...rest }: MeasuredRows): MeasuredRows => {
  const key = (one: MeasuredRows['rows'][number]): string =>
    `${one.guild} ${one.arm} ${String(one.isRandomised)}`;
  return { ...rest, rows: [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1)) };
};

describe('a packed row', () => {
  it('is read back as it was, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(measured, async (rows) => {
        expect(sorted(await unpack(pack(rows)))).toEqual(sorted(rows));
        expect(sorted(await unpack(await packTightly(rows)))).toEqual(sorted(rows));
      }),
      { numRuns: 200 },
    );
  });

  it('that is cut short, or is of another format, is refused instead of being read wrongly', async () => {
    const [sample] = fc.sample(
      measured.filter(({ rows }) => rows.length > 2),
      1,
    );
    const bytes = pack(sample!);
    for (let length = 0; length < bytes.length; length++)
      await expect(unpack(bytes.subarray(0, length))).rejects.toThrow();
    await expect(unpack(Uint8Array.of(9, ...bytes.subarray(1)))).rejects.toThrow('Format 9 is not known.');
  });

  it('ends for any bytes, damaged ones included', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        await unpack(Uint8Array.of(1, ...bytes)).then(
          ({ rows }) => expect(rows.length).toBeLessThanOrEqual(bytes.length),
          (error: unknown) => expect(error).toBeInstanceOf(Error),
        );
      }),
    );
  });
});

describe('parts of a unit', () => {
  it('add up to the same, in whatever order they come and however they are grouped', () => {
    fc.assert(
      fc.property(measured, measured, measured, (a, b, c) => {
        const whole = sorted(mergeMeasured([a, b, c]));
        expect(sorted(mergeMeasured([c, a, b]))).toEqual(whole);
        expect(sorted(mergeMeasured([mergeMeasured([c, b]), a]))).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a guild id', () => {
  it('is put together again from its two numbers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }), (id) => {
        const split = splitId(String(id));
        expect(split && joinId(split)).toBe(String(id));
      }),
    );
  });

  it.each(['0', '01', '-1', '1.5', '18446744073709551616', 'x', ''])('%j is no snowflake', (id) => {
    expect(splitId(id)).toBeUndefined();
  });
});

describe('numbers in bytes', () => {
  it('take one byte up to 127, and come back whole up to 2^53', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer(), fc.string(), (number, signed, text) => {
        const out = new ByteWriter();
        out.number(number);
        out.signed(signed);
        out.text(text);
        const bytes = new ByteReader(out.bytes());
        expect([bytes.number(), bytes.signed(), bytes.text()]).toEqual([
          number,
          signed,
          Buffer.from(text).toString('utf8'),
        ]);
        expect(() => bytes.number()).toThrow(CutShort);
      }),
    );
    const small = new ByteWriter();
    small.number(127);
    expect(small.bytes()).toHaveLength(1);
  });

  it('grow beyond any first guess', () => {
    const out = new ByteWriter();
    const text = 'x'.repeat(100_000);
    out.text(text);
    expect(new ByteReader(out.bytes()).text()).toBe(text);
  });
});
