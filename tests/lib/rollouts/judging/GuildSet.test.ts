import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GuildSet } from '../../../../src/lib/rollouts/judging/GuildSet.js';

const positions = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constantFrom(0, 64, 128, 1_024)),
  {
    maxLength: 300,
  },
);

/** As it lies in the evidence: 4 bytes each, little-endian. */
function packedBy(values: Iterable<number>): string {
  return Buffer.from(Uint32Array.from(values).buffer).toString('base64');
}

describe('a set of guilds', () => {
  it('counts each position once, however often it comes and whatever was packed in between', () => {
    fc.assert(
      fc.property(fc.array(positions, { maxLength: 4 }), (batches) => {
        const expected = new Set<number>();
        let packed = '';
        for (const batch of batches) {
          const set = GuildSet.read(packed);
          for (const position of batch) {
            set.add(position);
            expected.add(position);
          }
          expect(set.count).toBe(expected.size);
          packed = set.pack();
        }
        expect(packed).toBe(packedBy(expected));
      }),
    );
  });

  it('that nothing new came to is packed as it was', () => {
    const packed = packedBy([7, 2 ** 32 - 1, 0]);
    const set = GuildSet.read(packed);
    set.add(7);
    expect(set.pack()).toBe(packed);
    set.add(8);
    expect(set.pack()).toBe(packedBy([7, 2 ** 32 - 1, 0, 8]));
  });
});
