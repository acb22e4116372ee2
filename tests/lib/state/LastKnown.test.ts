import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LastKnown } from '../../../src/lib/state/LastKnown.js';
import { namespaces, type Documents, type LoadedState } from '../../../src/lib/state/Store.js';

const state = (seq: number): LoadedState => ({
  head: { seq, id: `ID${seq}` },
  at: 7,
  documents: {
    ...(Object.fromEntries(namespaces.map((ns) => [ns, new Map()])) as unknown as Documents),
    flags: new Map([['a', { v: seq, schema: 1, text: 'ü' }]]),
  },
  damaged: [{ ns: 'flags', key: 'b', problem: 'It is not JSON.' }],
});

describe('the last known state', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'last-known-test-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('is what was saved last, also by a process that is gone', async () => {
    const kept = new LastKnown(directory, 'r');
    await Promise.all([1, 2, 3].map((seq) => kept.save(state(seq))));
    expect(await new LastKnown(directory, 'r').load()).toEqual(state(3));
    expect(await new LastKnown(directory, 'other').load()).toBeUndefined();
    expect(await readdir(directory)).toEqual(['r.last-known']);
  });

  it('is nothing where the file is damaged', async () => {
    const kept = new LastKnown(directory, 'r');
    await kept.save(state(1));
    const path = join(directory, 'r.last-known');
    const content = await readFile(path, 'utf8');
    for (const spoilt of [content.slice(0, -9), content.replace('ü', 'u'), ''])
      expect(await writeFile(path, spoilt).then(() => kept.load())).toBeUndefined();
  });

  it('goes on after a save that failed', async () => {
    const kept = new LastKnown(join(directory, 'file'), 'r');
    await writeFile(join(directory, 'file'), '');
    await expect(kept.save(state(1))).rejects.toThrow();
    await rm(join(directory, 'file'));
    await kept.save(state(2));
    expect((await kept.load())?.head.seq).toBe(2);
  });
});
