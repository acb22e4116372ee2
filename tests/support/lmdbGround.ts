import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEntryId } from '../../src/lib/state/entryId.js';
import { LmdbFile } from '../../src/lib/state/lmdb/LmdbFile.js';
import { openStore } from '../../src/lib/state/openStore.js';
import type { Ground } from '../contract/ground.js';

/** The contract's ground in a directory of its own, removed at the end. */
export async function lmdbGround(): Promise<Ground & { readonly dataDir: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lmdb-test-'));
  const edit = async <T>(prefix: string, change: (file: LmdbFile) => T): Promise<T> => {
    const file = await LmdbFile.open(dataDir, prefix, 5000);
    try {
      return await file.write(() => change(file));
    } finally {
      await file.close();
    }
  };
  return {
    dataDir,
    open: (prefix, options = {}) => openStore({ dataDir, prefix, ...options }),
    spoil: (prefix, ns, key, raw) =>
      edit(prefix, (file) => {
        file.put(['doc', ns, key], raw);
      }),
    raw: (prefix, ns, key) => edit(prefix, (file) => file.get(['doc', ns, key]) ?? null),
    rewriteAudit: (prefix, id, change) =>
      edit(prefix, (file) => {
        const at = parseEntryId(id);
        if (at === undefined) throw new Error(`no entry id: ${id}`);
        const changed = change(file.get(['audit', at.seq, at.index]) ?? '');
        if (changed === undefined) file.remove(['audit', at.seq, at.index]);
        else file.put(['audit', at.seq, at.index], changed);
      }),
    dispose: () => rm(dataDir, { recursive: true, force: true }),
  };
}
