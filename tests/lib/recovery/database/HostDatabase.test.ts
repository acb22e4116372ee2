import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type {
  ArgumentVector,
  DatabaseRecovery,
} from '../../../../src/lib/deployments/file/DeploymentsFile.js';
import { HostDatabase } from '../../../../src/lib/recovery/database/HostDatabase.js';
import { DatabaseFailed } from '../../../../src/lib/recovery/errors.js';
import { describePostgres } from '../../../support/postgres/available.js';
import { startPostgres, type PostgresProcess } from '../../../support/postgres/server.js';

const never = new AbortController().signal;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'database-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function database(settings: Partial<DatabaseRecovery>): HostDatabase {
  const defaults: DatabaseRecovery = {
    ...{ backup: node('require("fs").writeFileSync(file, "data")'), verify: node(''), restore: node('') },
    ...{ folder, timeoutMs: 20_000, env: [] },
  };
  return new HostDatabase({ settings: { ...defaults, ...settings }, clock: { now: () => Date.now() } });
}

/** A program of one line, that knows the file. */
function node(code: string): ArgumentVector {
  return [process.execPath, '-e', `const file = process.argv[1]; ${code}`, '{file}'];
}

describe('a backup', () => {
  it('is the file that the program wrote, with its size and its sum', async () => {
    const backup = await database({}).backup(never);
    expect(backup).toMatchObject({ bytes: 4, sha256: createHash('sha256').update('data').digest('hex') });
    expect(await readFile(backup.file, 'utf8')).toBe('data');
  });

  it('lies in the folder that was named, whatever that is called', async () => {
    const backup = await database({ folder: join(folder, "$$1 and $& and $'") }).backup(never);
    expect(await readFile(backup.file, 'utf8')).toBe('data');
  });

  it.each([
    [
      'fails',
      { backup: node('console.error("no such role"); process.exit(1)') },
      /not backed up:.*no such role/,
    ],
    ['writes nothing', { backup: node('') }, /there is no such file/],
    ['writes an empty file', { backup: node('require("fs").writeFileSync(file, "")') }, /it is empty/],
    ['does not pass its check', { verify: node('process.exit(3)') }, /did not pass its check/],
    ['does not end', { backup: node('setInterval(() => {}, 1000)'), timeoutMs: 300 }, /its time was over/],
    ['is no program', { backup: ['/no/such/program', '{file}'] as const }, /no such program/],
  ])('that %s is none: it says so and leaves no file', async (_what, settings, problem) => {
    const failure: unknown = await database(settings)
      .backup(never)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseFailed);
    expect((failure as DatabaseFailed).message).toMatch(problem);
    expect(await readdir(folder)).toEqual([]);
  });

  it('hands the file over as one word: nothing in it is ever read by a shell', async () => {
    const odd = join(folder, 'a b; touch owned $(id)');
    const backup = await database({ folder: odd }).backup(never);
    expect(backup.file.startsWith(odd)).toBe(true);
    expect(await readdir(folder)).toEqual(['a b; touch owned $(id)']);
  });

  it('is let go of at once where the lease was lost', async () => {
    const aborter = new AbortController();
    const working = database({ backup: node('setInterval(() => {}, 1000)') }).backup(aborter.signal);
    aborter.abort();
    await expect(working).rejects.toThrow(DatabaseFailed);
  });
});

describe('a restore', () => {
  it('checks the file first, and touches nothing where it is none', async () => {
    const mark = join(folder, 'restored');
    const restore = node(`require("fs").writeFileSync(${JSON.stringify(mark)}, "")`);
    const file = join(folder, 'backup');
    await expect(database({ restore }).restore(file, never)).rejects.toThrow(/no such file/);
    await writeFile(file, 'x');
    const failing = database({ restore, verify: node('process.exit(1)') });
    await expect(failing.restore(file, never)).rejects.toThrow(DatabaseFailed);
    expect(await readdir(folder)).toEqual(['backup']);
    await database({ restore }).restore(file, never);
    expect((await readdir(folder)).sort()).toEqual(['backup', 'restored']);
  });

  it('says so where deployments.yaml names no program for it', async () => {
    await expect(database({ restore: undefined }).restore('x', never)).rejects.toThrow(/names no program/);
  });
});

describePostgres('with PostgreSQL', () => {
  let postgres: PostgresProcess;
  beforeAll(async () => {
    postgres = await startPostgres();
    await postgres.query(
      "create table greetings (id int primary key, text text); insert into greetings values (1, 'hello')",
    );
  }, 120_000);
  afterAll(() => postgres.dispose());

  const own = (): HostDatabase => {
    const program = (name: string): string => join(postgres.programs, name);
    return database({
      backup: [program('pg_dump'), '--format=custom', '--file={file}', `--dbname=${postgres.url}`],
      // Reads all of it: --list would be content with the first bytes.
      verify: [program('pg_restore'), '--file=/dev/null', '{file}'],
      restore: [
        ...([
          program('pg_restore'),
          '--clean',
          '--if-exists',
          '--exit-on-error',
          '--single-transaction',
        ] as const),
        ...[`--dbname=${postgres.url}`, '{file}'],
      ],
    });
  };

  it('what was backed up comes back, after a change that destroyed it', async () => {
    const { file, bytes } = await own().backup(never);
    expect(bytes).toBeGreaterThan(500);
    await postgres.query(
      "update greetings set text = 'destroyed'; alter table greetings add column new_column int",
    );
    await own().restore(file, never);
    expect(await postgres.query('select * from greetings')).toBe('1|hello');
  });

  it('a backup that was cut off changes nothing', async () => {
    const { file, bytes } = await own().backup(never);
    await truncate(file, bytes - 100);
    await expect(own().restore(file, never)).rejects.toThrow(/did not pass its check/);
    expect(await postgres.query('select count(*) from greetings')).toBe('1');
  });
});
