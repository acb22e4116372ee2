import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/lib/state/openStore.js';
import { LmdbFile } from '../../src/lib/state/lmdb/LmdbFile.js';
import type { Commit, Fence, Store } from '../../src/lib/state/Store.js';
import { rollouts } from './FakeTerminal.js';

let ops: number;
let folder: string;
let environment: Record<string, string>;

beforeEach(async () => {
  ops = 0;
  folder = await mkdtemp(join(tmpdir(), 'rollouts-cli-'));
  environment = { DATA_DIR: join(folder, 'data') };
  await mkdir(join(folder, 'data'));
});
afterEach(() => rm(folder, { recursive: true }));

async function withStore<T>(act: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ dataDir: environment.DATA_DIR ?? '', prefix: 'rollouts' });
  try {
    return await act(store);
  } finally {
    await store.close();
  }
}

function write(key: string, expect: number, fields: object | null): Promise<number> {
  const commit: Commit = {
    op: `op-${++ops}`,
    notAfter: Date.now() + 60_000,
    changes: [{ ns: 'flags', key, expect, next: fields === null ? null : { schema: 1, ...fields } }],
    audit: [{ what: key }],
    outbox: [],
  };
  return withStore(async (store) => (await store.commit(commit)).seq);
}

function keys(): Promise<readonly string[]> {
  return withStore(async (store) => [...(await store.load()).documents.flags.keys()].sort());
}

async function sealAll(): Promise<void> {
  await withStore(async (store) => {
    const fence = await new Promise<Fence>((resolve, reject) => {
      store
        .lease('control', { owner: 'test', ttlMs: 5_000, onGained: resolve, onLost: () => undefined })
        .catch(reject);
    });
    await store.audit.seal(fence);
  });
}

describe('rollouts snapshot and restore', () => {
  it('take the state to a file and back, beside a running bot', async () => {
    const file = join(folder, 'a.snapshot.gz');
    const seq = await write('kept', 0, { n: 1 });
    await write('gone', 0, { n: 1 });
    await withStore(async () => {
      expect(await rollouts(['snapshot', file], environment)).toMatchObject({
        exitCode: 0,
        out: expect.stringContaining(`Wrote ${file}: 2 documents, 2 audit entries`) as string,
      });
    });
    await write('gone', seq + 1, null);
    await write('kept', seq, { n: 2 });
    await write('new', 0, {});

    const run = await rollouts(['restore', file], environment, ['yes']);
    expect(run).toMatchObject({ exitCode: 0, asked: ['Go back to it? Type "yes": '] });
    expect(run.out).toContain('flags: 1 changed, 1 added, 1 gone (2 → 2 documents)');
    expect(run.out).toContain('  new: unreadable → not there');
    expect(await keys()).toEqual(['gone', 'kept']);
  });

  it('show what would change, and end there, where only that is asked for', async () => {
    const file = join(folder, 'a.snapshot.gz');
    const seq = await write('kept', 0, { n: 1 });
    await rollouts(['snapshot', file], environment);
    await write('kept', seq, { n: 2 });
    const run = await rollouts(['restore', file, '--dry-run'], environment);
    expect(run).toMatchObject({
      exitCode: 0,
      asked: [],
      out: expect.stringMatching(/kept: n differs/) as string,
    });
    expect(run.out).toContain('Nothing was changed.');
    const state = await withStore((store) => store.load());
    expect(state.documents.flags.get('kept')).toMatchObject({ n: 2 });
  });

  it('leave the audit as it is, with the restore and its reason in it', async () => {
    const file = join(folder, 'a.snapshot.gz');
    const seq = await write('a', 0, {});
    await rollouts(['snapshot', file], environment);
    await write('a', seq, { n: 2 });
    await rollouts(['restore', file, '--yes', '--reason', 'it was better'], environment);
    const entries = await withStore((store) => store.audit.read({ limit: 9 }));
    expect(entries.map(({ body }) => body)).toMatchObject([
      { kind: 'recovery', reason: 'it was better', by: { id: 'system:cli' } },
      { what: 'a' },
      { what: 'a' },
    ]);
  });

  it("know the bot's own snapshots by their names, and say what differs between two", async () => {
    const seq = await write('a', 0, { n: 1 });
    expect((await rollouts(['snapshot'], environment)).exitCode).toBe(0);
    const own = join(environment.DATA_DIR ?? '', 'snapshots');
    const [first = ''] = await readdir(own);
    await write('a', seq, { n: 2 });
    const diff = await rollouts(['diff', first], environment);
    expect(diff).toMatchObject({ exitCode: 0, out: expect.stringContaining('a: n differs') as string });
    const other = join(folder, 'b.snapshot.gz');
    await rollouts(['snapshot', other], environment);
    const json = JSON.parse((await rollouts(['diff', first, other, '--json'], environment)).out) as object;
    expect(json).toMatchObject({ ok: true, kinds: [{ ns: 'flags', changed: 1 }] });
    expect((await rollouts(['diff', other, 'now'], environment)).out).toContain('nothing differs');
    expect((await rollouts(['restore', first, '--yes'], environment)).exitCode).toBe(0);
    expect((await withStore((store) => store.load())).documents.flags.get('a')).toMatchObject({ n: 1 });
    expect(await rollouts(['diff', 'nowhere', 'now'], environment)).toMatchObject({ exitCode: 1 });
  });

  it('take a damaged document along, and say that a restore leaves it out', async () => {
    const file = join(folder, 'a.snapshot.gz');
    await write('good', 0, {});
    const lmdb = await LmdbFile.open(environment.DATA_DIR ?? '', 'rollouts', 5_000);
    await lmdb.write(() => {
      lmdb.put(['doc', 'flags', 'bad'], 'junk');
    });
    await lmdb.close();
    expect((await rollouts(['snapshot', file], environment)).out).toContain('1 of the documents are damaged');
    expect((await rollouts(['restore', file, '--yes'], environment)).exitCode).toBe(0);
    expect(await keys()).toEqual(['good']);
  });

  it('keep what was there before the restore, so that it can be taken back', async () => {
    const file = join(folder, 'empty.snapshot.gz');
    await rollouts(['snapshot', file], environment);
    await write('precious', 0, {});
    expect((await rollouts(['restore', file, '--yes'], environment)).exitCode).toBe(0);
    expect(await keys()).toEqual([]);

    const backups = join(environment.DATA_DIR ?? '', 'snapshots');
    const [backup = ''] = await readdir(backups);
    expect((await rollouts(['restore', join(backups, backup), '--yes'], environment)).exitCode).toBe(0);
    expect(await keys()).toEqual(['precious']);
  });

  it.each([
    ['nobody is there to ask', [], 2, '--yes'],
    ['the person does not say yes', ['y'], 1, 'Nothing was changed'],
  ])('change nothing where %s', async (_, answers, exitCode, said) => {
    const file = join(folder, 'empty.snapshot.gz');
    await rollouts(['snapshot', file], environment);
    await write('precious', 0, {});
    const run = await rollouts(['restore', file], environment, answers);
    expect(run.exitCode).toBe(exitCode);
    expect(run.err).toContain(said);
    expect(await keys()).toEqual(['precious']);
  });

  it('refuse a file that is no snapshot, in words and in JSON', async () => {
    const file = join(folder, 'other.gz');
    await writeFile(file, 'something else');
    const run = await rollouts(['restore', file, '--yes'], environment);
    expect(run).toMatchObject({ exitCode: 1, out: '' });
    expect(run.err).not.toContain('bug');
    const inJson = await rollouts(['restore', file, '--yes', '--json'], environment);
    expect(JSON.parse(inJson.out)).toMatchObject({ ok: false, code: 'BAD_SNAPSHOT' });
  });

  it('do not replace a file unless told to', async () => {
    const file = join(folder, 'a.snapshot.gz');
    await rollouts(['snapshot', file], environment);
    expect(await rollouts(['snapshot', file], environment)).toMatchObject({ exitCode: 1 });
    expect(await rollouts(['snapshot', file, '--force'], environment)).toMatchObject({ exitCode: 0 });
  });

  it('answer programs in JSON alone', async () => {
    const file = join(folder, 'a.snapshot.gz');
    await write('a', 0, {});
    const taken = await rollouts(['snapshot', file, '--json'], environment);
    expect(JSON.parse(taken.out)).toMatchObject({ ok: true, file, documents: 1, head: { seq: 1 } });
    const restored = await rollouts(['restore', file, '--yes', '--json'], environment);
    expect(JSON.parse(restored.out)).toMatchObject({ ok: true, changes: [] });
    const unsure = await rollouts(['restore', file, '--json'], environment);
    expect(unsure.exitCode).toBe(2);
    expect(JSON.parse(unsure.out)).toMatchObject({ ok: false });
  });
});

describe('rollouts audit verify', () => {
  it('finds a whole trail whole, sealed or not yet', async () => {
    await write('a', 0, {});
    expect(await rollouts(['audit', 'verify'], environment)).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('1 entry. Not sealed yet: 1;') as string,
    });
    await sealAll();
    const run = await rollouts(['audit', 'verify', '--json'], environment);
    expect(JSON.parse(run.out)).toMatchObject({ ok: true, entries: 1, unsealed: 0, head: { count: 1 } });
  });

  it('names an entry that was changed by hand', async () => {
    await write('a', 0, {});
    await sealAll();
    const taken = await withStore((store) => store.snapshot());
    environment = { DATA_DIR: join(folder, 'forged') };
    await withStore((store) =>
      store.restore({
        ...taken,
        audit: taken.audit.map((entry) => ({ ...entry, body: { what: 'forged' } })),
      }),
    );
    const run = await rollouts(['audit', 'verify'], environment);
    expect(run.exitCode).toBe(1);
    expect(run.err).toContain('1-0');
  });
});

describe('the wrong directory', () => {
  it.each([[['snapshot']], [['audit', 'verify']]])('is said, and nothing is made there: %j', async (args) => {
    const nowhere = join(folder, 'nowhere');
    const run = await rollouts(args, { DATA_DIR: nowhere });
    expect(run.exitCode).toBe(1);
    expect(run.err).toContain(`There is no state in ${nowhere}.`);
    expect(existsSync(nowhere)).toBe(false);
  });

  it('is left as it is where there is nothing to restore', async () => {
    const nowhere = join(folder, 'nowhere');
    const run = await rollouts(['restore', join(folder, 'none.gz'), '--yes'], { DATA_DIR: nowhere });
    expect(run.exitCode).toBe(1);
    expect(existsSync(nowhere)).toBe(false);
  });

  it('may be a new one, to restore into', async () => {
    const file = join(folder, 'a.snapshot.gz');
    await write('moved', 0, {});
    await rollouts(['snapshot', file], environment);
    environment = { DATA_DIR: join(folder, 'new') };
    expect((await rollouts(['restore', file, '--yes'], environment)).exitCode).toBe(0);
    expect(await keys()).toEqual(['moved']);
  });
});

describe('rollouts database', () => {
  const node = (code: string): readonly string[] => [
    process.execPath,
    '-e',
    `const file = process.argv[1]; ${code}`,
    '{file}',
  ];
  const configure = async (restore: string): Promise<void> => {
    const database = {
      backup: node('require("fs").writeFileSync(file, "data")'),
      verify: node('require("fs").readFileSync(file)'),
      restore: node(restore),
      folder: join(folder, 'backups'),
    };
    environment['DEPLOYMENTS_FILE'] = join(folder, 'deployments.yaml');
    await writeFile(environment['DEPLOYMENTS_FILE'], JSON.stringify({ recovery: { database } }));
  };

  it('backs up and restores by the programs of deployments.yaml, and asks before it restores', async () => {
    const copy = join(folder, 'copy');
    await configure(`require("fs").copyFileSync(file, ${JSON.stringify(copy)})`);
    const backup = JSON.parse((await rollouts(['database', 'backup', '--json'], environment)).out) as {
      file: string;
    };
    expect(await readFile(backup.file, 'utf8')).toBe('data');
    expect(await rollouts(['database', 'restore', backup.file], environment, ['no'])).toMatchObject({
      exitCode: 1,
    });
    expect(await rollouts(['database', 'restore', backup.file], environment)).toMatchObject({ exitCode: 2 });
    expect(existsSync(copy)).toBe(false);
    expect(await rollouts(['database', 'restore', backup.file, '--yes'], environment)).toMatchObject({
      exitCode: 0,
      err: '',
    });
    expect(existsSync(copy)).toBe(true);
  });

  it('says what went wrong, and that nothing is configured', async () => {
    expect((await rollouts(['database', 'backup'], environment)).err).toContain('does not say how');
    await configure('process.exit(1)');
    const run = await rollouts(['database', 'restore', join(folder, 'none'), '--yes'], environment);
    expect(run).toMatchObject({ exitCode: 1, err: expect.stringContaining('no such file') as string });
  });
});

describe('wrong usage', () => {
  it.each([
    [[]],
    [['snapshoot']],
    [['restore']],
    [['diff']],
    [['database']],
    [['snapshot', 'a', 'b']],
    [['audit']],
    [['doctor', '--fix']],
  ])('is exit code 2 with help: %j', async (args) => {
    const run = await rollouts(args, environment);
    expect(run).toMatchObject({ exitCode: 2, out: '' });
    expect(run.err).not.toBe('');
  });

  it('names what was meant', async () => {
    expect((await rollouts(['deplyo'], environment)).err).toContain(
      "unknown command 'deplyo'\n(Did you mean deploy?)",
    );
  });

  it('is not to ask for help or for the version', async () => {
    expect(await rollouts(['--help'], environment)).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('Exit codes') as string,
    });
    expect(await rollouts(['--version'], environment)).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
    });
  });
});
