import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { LmdbFile } from '../../../../src/lib/state/lmdb/LmdbFile.js';

// Where this fails it hangs: the main thread waits for a lock that a write holds which waits for the main thread.
it('a file may be opened again while this process is writing to it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reopen-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (let round = 0; round < 20; round++) {
    const prefix = `round-${round}`;
    const opened = await Promise.all(
      Array.from({ length: 4 }, async (_, n) => {
        const file = await LmdbFile.open(folder, prefix, 5_000);
        await Promise.all([1, 2, 3].map((k) => file.write(() => file.put(['n', n, k], 'here'))));
        return file;
      }),
    );
    const [first] = opened;
    expect([...(first?.rows(['n']) ?? [])]).toHaveLength(12);
    await Promise.all(opened.map((file) => file.close()));
  }
});
