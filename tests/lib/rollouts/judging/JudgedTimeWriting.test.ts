import { describe, expect, it } from 'vitest';
import { JudgedTimeWriting } from '../../../../src/lib/rollouts/judging/JudgedTimeWriting.js';
import type { DocumentChange } from '../../../../src/lib/state/Store.js';

const time: DocumentChange = { ns: 'settings', key: 'judged-time', expect: 1, next: { schema: 1 } };

/** Commits that end when the test says so, in the order in which they were begun. */
class Commits {
  public readonly begun: (readonly DocumentChange[])[] = [];
  private readonly ends: { well: () => void; badly: () => void }[] = [];

  public readonly commit = (beside: readonly DocumentChange[]): Promise<number> =>
    new Promise((resolve, reject) => {
      const seq = this.begun.push(beside);
      this.ends.push({ well: () => resolve(seq), badly: () => reject(new Error('no')) });
    });

  public async end(how: 'well' | 'badly'): Promise<void> {
    this.ends.shift()?.[how]();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function writing() {
  const commits = new Commits();
  const landed: number[] = [];
  return { commits, landed, writing: new JudgedTimeWriting(time, (seq) => landed.push(seq)) };
}

describe('the judged time', () => {
  it('goes in with the first that is written, and the others come after it', async () => {
    const { commits, landed, writing: of } = writing();
    const all = [1, 2, 3].map(() => of.before(commits.commit));
    expect(commits.begun).toEqual([[time]]);
    await commits.end('well');
    expect(landed).toEqual([1]);
    expect(commits.begun).toEqual([[time], [], []]);
    await commits.end('well');
    await commits.end('well');
    await Promise.all(all);
    await of.finish(commits.commit);
    expect(commits.begun).toHaveLength(3);
  });

  it('goes in with the next where the first could not be written', async () => {
    const { commits, landed, writing: of } = writing();
    const first = expect(of.before(commits.commit)).rejects.toThrow('no');
    const others = [2, 3].map(() => of.before(commits.commit));
    await commits.end('badly');
    await first;
    expect(commits.begun).toEqual([[time], [time]]);
    await commits.end('well');
    expect(commits.begun).toEqual([[time], [time], []]);
    await commits.end('well');
    await Promise.all(others);
    expect(landed).toEqual([2]);
  });

  it('goes in by itself where nothing else is written, or nothing could be', async () => {
    const { commits, landed, writing: of } = writing();
    const failed = expect(of.before(commits.commit)).rejects.toThrow('no');
    const finished = of.finish(commits.commit);
    await commits.end('badly');
    await failed;
    await commits.end('well');
    await finished;
    expect(commits.begun).toEqual([[time], [time]]);
    expect(landed).toEqual([2]);
  });
});
