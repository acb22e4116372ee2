import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differences, differencesInSlices } from '../../../../src/lib/state/lmdb/differences.js';
import { LmdbFile } from '../../../../src/lib/state/lmdb/LmdbFile.js';
import { replaceAll } from '../../../../src/lib/state/lmdb/replace.js';

describe('a restore into LMDB', () => {
  let folder: string;
  let file: LmdbFile;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'replace-test-'));
    file = await LmdbFile.open(folder, 'test', 5000);
  });
  afterAll(async () => {
    await file.close();
    await rm(folder, { recursive: true });
  });

  const stands = async (seq: number, documents: Record<string, string>): Promise<void> =>
    file.write(() => {
      for (const { key } of [...file.rows(['doc'])]) file.remove(key);
      for (const [key, raw] of Object.entries(documents)) file.put(['doc', 'flags', key], raw);
      file.put(['head'], JSON.stringify({ seq, id: `id ${seq}`, at: 0, lineage: '' }));
    });
  const wanted = (documents: Record<string, string>) =>
    Object.entries(documents).map(([key, raw]) => ({ ns: 'flags' as const, key, raw }));
  const now = (): Record<string, string> =>
    Object.fromEntries([...file.rows(['doc'])].map(({ key, value }) => [String(key[2]), value]));
  const order = (op: string, documents: Record<string, string>) => ({
    ...{ lineage: 'new', id: 'restore', seq: 0, trail: undefined, op, audit: [], outbox: [] },
    documents: wanted(documents),
  });

  it('writes only the documents that differ', async () => {
    await stands(5, { same: '1', changed: '1', gone: '1' });
    let pauses = 0;
    const found = await differencesInSlices(file, wanted({ same: '1', changed: '2', new: '3' }), async () => {
      pauses += 1;
    });
    expect(found).toEqual({
      at: { seq: 5, id: 'id 5' },
      set: wanted({ changed: '2', new: '3' }),
      remove: [['doc', 'flags', 'gone']],
    });
    expect(pauses).toBeGreaterThan(0);
  });

  it('never works through more than a hundred documents without a pause', async () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`k${n}`, `${n}`]));
    await stands(6, many);
    const steps = [...differences(file, wanted({ ...many, k0: 'other' }))];
    expect(steps.length).toBeGreaterThanOrEqual(20);
  });

  it.each([
    ['nobody wrote since', 7],
    ['somebody wrote since', 8],
  ])('leaves exactly what was asked for, where %s', async (_what, seq) => {
    await stands(7, { a: '1', b: '1' });
    const target = { b: '1', c: '3' };
    const found = await differencesInSlices(file, wanted(target), async () => undefined);
    if (seq > 7) await stands(seq, { b: 'since', x: 'since' });
    await file.write(() => file.put(['feed', 7], 'of the history before'));
    const { receipt } = await file.write(() => replaceAll(file, order(`op ${seq}`, target), found, 1));
    expect([now(), receipt.seq]).toEqual([target, seq + 1]);
    expect([...file.rows(['feed'])]).toEqual([]);
  });
});
