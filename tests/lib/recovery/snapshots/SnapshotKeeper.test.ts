import { utimes, writeFile, readdir, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptOthers } from '../../../../src/lib/recovery/snapshots/SnapshotFolder.js';
import { UnknownSnapshot } from '../../../../src/lib/recovery/errors.js';
import { SnapshotNotWritten } from '../../../../src/lib/state/errors.js';
import { flag, Ground } from '../ground.js';

const day = 86_400_000;
let ground: Ground;
beforeEach(async () => {
  ground = await Ground.make();
});
afterEach(() => ground.close());

const names = async (): Promise<readonly string[]> =>
  (await ground.keeper().folder.list()).map(({ name }) => name);

const full = (): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) => {
      done(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    },
  });

describe('a snapshot that was taken', () => {
  it('is named by its time, the commit it stands at and why, and can be read whole', async () => {
    await ground.put('flags', 'a', flag('a'));
    const taken = await ground.keeper().take('rollback');
    expect(taken).toMatchObject({
      name: '20260806T101112123Z-000000001-rollback.snapshot.gz',
      ...{ at: ground.now, seq: 1, why: 'rollback', documents: 1 },
    });
    const { folder } = ground.keeper();
    expect(await folder.list()).toEqual([
      { name: taken.name, at: ground.now, seq: 1, why: 'rollback', bytes: taken.bytes },
    ]);
    expect(await folder.check(taken.name)).toMatchObject({ ok: true, sha256: taken.sha256 });
  });

  it('is named with what is wrong where it was damaged', async () => {
    const { name } = await ground.keeper().take('asked');
    await writeFile(join(ground.snapshots, name), 'junk');
    expect(await ground.keeper().folder.check(name)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('damaged, or no snapshot') as string,
    });
  });

  it('is opened by its name alone: no path leads out of the folder', async () => {
    await ground.keeper().take('asked');
    await writeFile(join(ground.folder, 'secret.snapshot.gz'), '');
    for (const name of ['../secret.snapshot.gz', 'secret', '', '/etc/passwd'])
      await expect(ground.keeper().folder.check(name)).rejects.toThrow(UnknownSnapshot);
  });
});

describe('the schedule', () => {
  it('takes one when it is due and not before, whichever process leads, and after a restart', async () => {
    expect(await ground.keeper().turn(ground.fence)).toBe(day);
    ground.now += day - 1;
    expect(await ground.keeper().turn(ground.fence)).toBe(1);
    expect(await names()).toHaveLength(1);
    ground.now += 1;
    expect(await ground.keeper().turn(ground.fence)).toBe(day);
    expect(await names()).toHaveLength(2);
    ground.now -= 30 * day;
    expect(await ground.keeper().turn(ground.fence)).toBe(day);
  });

  it('keeps as many as are wanted, and those taken for a reason by their own count', async () => {
    ground.keep = 2;
    for (let n = 0; n < 4; n += 1) {
      await ground.keeper().take('rollback');
      await ground.keeper().turn(ground.fence);
      ground.now += day;
    }
    const whys = (await ground.keeper().folder.list()).map(({ why }) => why);
    expect(whys.filter((why) => why === 'scheduled')).toHaveLength(2);
    expect(whys.filter((why) => why === 'rollback')).toHaveLength(4);
    const folder = ground.keeper().folder;
    for (let n = 0; n < keptOthers; n += 1)
      await writeFile(join(ground.snapshots, `20250101T0000${10 + n}000Z-1-restore.snapshot.gz`), '');
    await folder.tidy(2, Date.now());
    expect((await folder.list()).filter(({ why }) => why === 'rollback')).toHaveLength(4);
    expect(await folder.list()).toHaveLength(2 + keptOthers);
  });

  it('takes none where none is wanted', async () => {
    ground.everyMs = 0;
    expect(await ground.keeper().turn(ground.fence)).toBeUndefined();
    expect(await names()).toEqual([]);
  });

  it('removes what a dead process left half written, and nothing that is not ours', async () => {
    await mkdir(ground.snapshots);
    const [old, fresh, theirs] = [
      '20260101T000000000Z-1-asked.snapshot.gz.ABCDEFGH.tmp',
      '20260101T000000000Z-2-asked.snapshot.gz.ABCDEFGH.tmp',
      'holiday.snapshot.gz',
    ];
    for (const name of [old, fresh, theirs]) await writeFile(join(ground.snapshots, name), 'x');
    await utimes(join(ground.snapshots, old), 1, 1);
    await utimes(join(ground.snapshots, theirs), 1, 1);
    await ground.keeper().folder.tidy(0, Date.now());
    expect((await readdir(ground.snapshots)).sort()).toEqual([fresh, theirs]);
  });
});

describe('a disk that is full', () => {
  beforeEach(() => {
    ground.open = full;
  });

  it('is said by whoever asked, and leaves nothing half written', async () => {
    await expect(ground.keeper().take('restore')).rejects.toThrow(SnapshotNotWritten);
    expect(await readdir(ground.snapshots)).toEqual([]);
  });

  it('is told to staff once, tried again, and told when it is over', async () => {
    for (let n = 0; n < 3; n += 1) {
      expect(await ground.keeper().turn(ground.fence)).toBe(600_000);
      expect(await ground.keeper().turn(ground.fence)).toBe(600_000);
      ground.now += 600_000;
    }
    expect(await ground.notices()).toEqual([expect.stringContaining('the disk is full')]);
    ground.open = undefined;
    expect(await ground.keeper().turn(ground.fence)).toBe(day);
    expect((await ground.notices())[1]).toContain('Snapshots are taken again');
    expect(await names()).toHaveLength(1);
  });
});
