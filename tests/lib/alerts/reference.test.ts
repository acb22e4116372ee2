import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nonce, reference } from '../../../src/lib/alerts/reference.js';

it('the first notice of a commit bears the number of the commit alone', () => {
  expect(reference({ id: '128-0', commitId: '7F3KQX2M' })).toBe('#128-7F3K');
  expect(reference({ id: '128-2', commitId: '7F3KQX2M' })).toBe('#128.2-7F3K');
});

it('a nonce fits Discord however long the history, and tells entries and lineages apart', () => {
  const entries = fc.record({
    seq: fc.nat(Number.MAX_SAFE_INTEGER),
    index: fc.nat(100_000),
    commitId: fc.string({ unit: fc.constantFrom(...'0123456789ABCDEF'), minLength: 20, maxLength: 20 }),
  });
  fc.assert(
    fc.property(entries, entries, (one, other) => {
      const nonceOf = ({ seq, index, commitId }: typeof one): string =>
        nonce({ id: `${seq}-${index}`, commitId });
      expect(nonceOf(one).length).toBeLessThanOrEqual(25);
      fc.pre(one.commitId.slice(0, 8) !== other.commitId.slice(0, 8));
      expect(nonceOf({ ...one, commitId: other.commitId })).not.toBe(nonceOf(one));
      expect(nonceOf({ ...one, index: one.index + 1 })).not.toBe(nonceOf(one));
      expect(nonceOf(other)).not.toBe(nonceOf(one));
    }),
  );
});
