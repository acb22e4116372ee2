/** A disk that is really full: a file system of its own, of some kilobytes. Only root can make one. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SnapshotFolder } from '../../../../src/lib/recovery/snapshots/SnapshotFolder.js';
import { SnapshotNotWritten } from '../../../../src/lib/state/errors.js';
import { Ground } from '../ground.js';

const run = promisify(execFile);
const mount = await mkdtemp(join(tmpdir(), 'full-disk-'));
const isMounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', mount]).then(
  () => true,
  () => false,
);
if (!isMounted) await rm(mount, { recursive: true });
if (!isMounted)
  process.stderr.write('\n*** SKIPPED: a disk that is really full. No file system can be mounted.\n\n');

describe.skipIf(!isMounted)('a disk that is really full', () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await Ground.make();
  });
  afterAll(async () => {
    await ground.close();
    await run('umount', [mount]);
    await rm(mount, { recursive: true, force: true });
  });

  it('refuses a snapshot in words, keeps the one that was there, and nothing of the new one', async () => {
    const folder = new SnapshotFolder(mount);
    const { name } = await folder.write(ground.store.snapshotParts(), 1, 'asked');
    await writeFile(join(mount, 'theirs'), Buffer.alloc(60 * 1024)).catch(() => undefined);
    await ground.put('flags', 'noise', { schema: 1, noise: noise(100_000) });
    await expect(folder.write(ground.store.snapshotParts(), 2, 'asked')).rejects.toThrow(SnapshotNotWritten);
    expect((await readdir(mount)).sort()).toEqual([name, 'theirs']);
    expect(await folder.check(name)).toMatchObject({ ok: true });
  });
});

/** Text that cannot be compressed away, the same every time. */
function noise(length: number): string {
  let [text, seed] = ['', 1];
  while (text.length < length) {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    text += seed.toString(36);
  }
  return text;
}
