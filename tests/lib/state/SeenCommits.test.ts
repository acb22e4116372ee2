import { describe, expect, it } from 'vitest';
import { SeenCommits } from '../../../src/lib/state/SeenCommits.js';

const ref = (seq: number, id = `id${seq}`) => ({ seq, id });
const entry = (seq: number, id = `id${seq}`) => ({ ...ref(seq, id), prev: '', at: 0, keys: [] });

describe('the commits that were seen', () => {
  const seen = (...refs: { seq: number; id: string }[]): SeenCommits => {
    const commits = new SeenCommits();
    for (const one of refs) commits.note(one);
    return commits;
  };

  it('contradict a store that has another commit under a number', () => {
    const commits = seen(ref(1), ref(2));
    expect(commits.contradicts(commits.mark(), ref(2), [entry(1), entry(2)])).toBe(false);
    expect(commits.contradicts(commits.mark(), ref(3), [entry(2, 'other'), entry(3)])).toBe(true);
  });

  it('contradict a store that stands before them, unless they came after it was asked', () => {
    const commits = seen(ref(1));
    const mark = commits.mark();
    commits.note(ref(2));
    expect(commits.contradicts(mark, ref(1), [])).toBe(false);
    expect(commits.contradicts(commits.mark(), ref(1), [])).toBe(true);
  });

  it('contradict each other when this process itself was given one number twice', () => {
    expect(seen(ref(1), ref(1, 'other')).contradicts(0, ref(1, 'other'), [])).toBe(true);
  });

  it('name what the store no longer has, once, but nothing that is older than its feed', () => {
    const commits = seen(ref(1), ref(2), ref(3), ref(4), ref(4, 'other'));
    expect(commits.takeVanished(commits.mark(), [ref(2), ref(3, 'new'), ref(4, 'other')])).toEqual([
      ref(3),
      ref(4),
    ]);
    expect(commits.takeVanished(commits.mark(), [ref(2), ref(3, 'new'), ref(4, 'other')])).toEqual([]);
    expect(commits.contradicts(commits.mark(), ref(4, 'other'), [])).toBe(false);
  });

  it('remember only the newest ten thousand', () => {
    const commits = seen(...Array.from({ length: 10_050 }, (_, n) => ref(n + 1)));
    const vanished = commits.takeVanished(commits.mark(), []);
    expect([vanished.length, vanished[0]?.seq]).toEqual([10_000, 51]);
  });
});
