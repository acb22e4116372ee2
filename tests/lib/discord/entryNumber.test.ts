import { describe, expect, it } from 'vitest';
import { reference } from '../../../src/lib/alerts/reference.js';
import { BadEntryNumber, parseEntry, showEntry } from '../../../src/lib/discord/entryNumber.js';

describe('an entry’s number', () => {
  it.each([
    ['#128', '128-0'],
    ['128', '128-0'],
    ['128-0', '128-0'],
    ['#128.2', '128-2'],
    ['#128-7F3K', '128-0'],
    ['#128.2-7f3k', '128-2'],
  ])('%s', (typed, id) => {
    expect(parseEntry(typed)).toBe(id);
  });

  it('is read back from what is shown, and from the foot of a notice', () => {
    for (const id of ['1-0', '128-3']) {
      expect(parseEntry(showEntry(id))).toBe(id);
      expect(parseEntry(reference({ id, commitId: '0123ABCD' }))).toBe(id);
    }
  });

  it.each(['', '#', 'last', '12x', '#1-2-3'])('%s is none', (typed) => {
    expect(() => parseEntry(typed)).toThrow(BadEntryNumber);
  });
});
