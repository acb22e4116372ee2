import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BadSnapshot } from '../../../src/lib/state/errors.js';
import {
  openSnapshotFile,
  readSnapshotFile,
  writeSnapshotFile,
} from '../../../src/lib/state/snapshotFile.js';
import type { Snapshot, SnapshotPart } from '../../../src/lib/state/Store.js';

const snapshot: Snapshot = {
  format: 'rollouts-snapshot',
  version: 2,
  takenAt: 5,
  head: { seq: 2, id: 'ID' },
  documents: [{ ns: 'flags', key: 'ü', document: { v: 2, schema: 1, list: [], text: 'line\nbreak' } }],
  audit: [
    { id: '1-0', seq: 1, commitId: 'C', op: 'o', at: 4, body: { a: [] }, seal: 'f00' },
    { id: '2-0', seq: 2, commitId: 'D', op: 'p', at: 5, body: null },
  ],
  auditHead: { count: 1, id: '1-0', seal: 'f00' },
  outbox: [{ id: '2-0', seq: 2, commitId: 'D', at: 5, body: { say: 'it' } }],
  counters: [{ bucket: 'b', field: 'f', by: 0.5 }],
  damaged: [{ ns: 'flags', key: 'bad', problem: 'It is not JSON.', raw: '{"value":' }],
  ledger: [{ series: 'r:1', rows: ['AAE=', ''] }],
  baselines: [{ owner: 'r', blob: 'AQI=' }],
};

describe('snapshot files', () => {
  let directory = '';
  let path = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'snapshot-test-'));
    path = join(directory, 'state.gz');
    await writeSnapshotFile(path, snapshot);
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  const edit = async (change: (text: string) => string): Promise<void> => {
    await writeFile(path, gzipSync(change(gunzipSync(await readFile(path)).toString())));
  };

  it('give back what was written, and leave nothing beside it', async () => {
    expect(await readSnapshotFile(path)).toEqual(snapshot);
    expect(await readdir(directory)).toEqual(['state.gz']);
  });

  it('of the first version are read: what they lack is empty', async () => {
    await edit((text) => {
      const { head, auditHead } = snapshot;
      const atOnce = JSON.stringify({ head, auditHead }).slice(1, -1);
      const kept = text
        .replace('"version":2', `"version":1,${atOnce}`)
        .split('\n')
        .filter((line) => !/"part":"(damaged|series|baseline|stand|end)"/.test(line) && line !== '');
      const lines = kept.map((line) => `${line}\n`).join('');
      const sha256 = createHash('sha256').update(lines).digest('hex');
      return `${lines}${JSON.stringify({ part: 'end', count: kept.length, sha256 })}\n`;
    });
    expect(await readSnapshotFile(path)).toEqual({ ...snapshot, damaged: [], ledger: [], baselines: [] });
  });

  it('hold a document as it was written last, and none that was taken back', async () => {
    const document = (key: string, n: number): SnapshotPart => ({
      ...{ part: 'document', ns: 'flags', key },
      document: { v: n, schema: 1, n },
    });
    async function* parts(): AsyncGenerator<SnapshotPart> {
      yield { part: 'head', format: 'rollouts-snapshot', version: 2, takenAt: 5 };
      yield document('lost', 1);
      yield { part: 'damaged', ns: 'flags', key: 'x', problem: 'p', raw: '' };
      yield { part: 'again' };
      yield* [document('a', 1), document('gone', 1), document('bad', 1), document('a', 2)];
      yield { part: 'absent', ns: 'flags', key: 'gone' };
      yield { part: 'damaged', ns: 'flags', key: 'bad', problem: 'p', raw: 'r' };
      yield { part: 'stand', head: { seq: 9, id: 'N' }, auditHead: snapshot.auditHead };
    }
    const named = { beside: path, nameOf: ({ seq }: { seq: number }) => join(directory, `at-${seq}`) };
    const written = await writeSnapshotFile(named, parts());
    expect(written).toMatchObject({ path: join(directory, 'at-9'), documents: 1, damaged: 1 });
    expect(await readSnapshotFile(written.path)).toMatchObject({
      documents: [{ key: 'a', document: { n: 2 } }],
      damaged: [{ key: 'bad' }],
      head: { seq: 9, id: 'N' },
    });
  });

  it('say the sum by which they can be named, and name it again when read', async () => {
    const { sha256, bytes } = await writeSnapshotFile(path, snapshot);
    expect((await openSnapshotFile(path)).sha256).toBe(sha256);
    expect((await readFile(path)).length).toBe(bytes);
  });

  it('are not left half written where the disk is full', async () => {
    const full = (): Writable =>
      new Writable({
        write: (_chunk, _encoding, done) => {
          done(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
        },
      });
    await expect(writeSnapshotFile(path, { ...snapshot, takenAt: 9 }, full)).rejects.toThrow(
      /not written: the disk is full/,
    );
    expect(await readdir(directory)).toEqual(['state.gz']);
    expect(await readSnapshotFile(path)).toEqual(snapshot);
  });

  it('replace an older one whole', async () => {
    await writeSnapshotFile(path, { ...snapshot, documents: [] });
    expect((await readSnapshotFile(path)).documents).toEqual([]);
  });

  it.each([
    ['missing', async () => rm(path), /does not exist/],
    ['no gzip', async () => writeFile(path, 'junk'), /damaged, or no snapshot/],
    ['some other gzip', async () => writeFile(path, gzipSync('{"part":"x"}\n')), /no snapshot/],
    ['empty inside', async () => writeFile(path, gzipSync('')), /cut off/],
    [
      'cut off in the middle',
      async () => writeFile(path, (await readFile(path)).subarray(0, 150)),
      /cut off/,
    ],
    ['cut off between lines', () => edit((text) => text.split('\n').slice(0, 3).join('\n')), /cut off/],
    ['changed', () => edit((text) => text.replace('"say":"it"', '"say":"no"')), /checksum/],
    ['without a line', () => edit((text) => text.replace(/.*"part":"counter".*\n/, '')), /checksum/],
    ['not JSON on a line', () => edit((text) => text.replace('{"part":"outbox"', '{part')), /line 6/],
    ['of the wrong shape', () => edit((text) => text.replace('"v":2', '"v":"2"')), /line 2/],
    ['longer than its end', () => edit((text) => `${text}{}\n`), /after its end/],
    ['newer', () => edit((text) => text.replace('"version":2', '"version":3')), /newer version/],
  ])('are refused where they are %s', async (_what, spoil, problem) => {
    await spoil();
    const error: unknown = await readSnapshotFile(path).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(BadSnapshot);
    expect((error as BadSnapshot).message).toMatch(problem);
  });
});
