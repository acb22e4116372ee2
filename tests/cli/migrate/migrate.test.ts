import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyStateMigrations, validateStateDocuments } from '../../../src/cli/migrate/state.js';
import type { Report, Terminal } from '../../../src/cli/Terminal.js';
import { openStore } from '../../../src/lib/state/openStore.js';
import { migrations } from '../../lib/deployments/migrations/state/splitName.js';
import { rollouts } from '../FakeTerminal.js';

describe('npx rollouts migrate', { timeout: 60_000 }, () => {
  let folder: string;
  const file = (name: string): string => join(folder, name);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollouts-migrate-'));
    await writeFile(file('now.sql'), 'create table t (id int primary key); insert into t values (1);');
    await writeFile(file('up.sql'), 'alter table t add column note text;');
    await writeFile(file('down.sql'), 'alter table t drop column note;');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('answers 0 and writes JUnit for the gate where all five checks pass', async () => {
    const args = [
      'migrate',
      'validate',
      file('up.sql'),
      '--down',
      file('down.sql'),
      '--schema',
      file('now.sql'),
    ];
    const run = await rollouts([...args, '--report', file('report.xml')], {});
    expect(run).toMatchObject({ exitCode: 0, err: '' });
    expect(run.out).toContain(
      'ok      rollback script: After migration and rollback schema and data are as before.',
    );
    expect(run.out).toContain('passed, 5 of 5 checks.');
    const xml = await readFile(file('report.xml'), 'utf8');
    expect(xml).toContain('<testsuites tests="5" failures="0" errors="0" skipped="0"');
  });

  it('answers 1 and says where the script is wrong; the report says so, too', async () => {
    await writeFile(file('up.sql'), 'alter tabel t;');
    const run = await rollouts(
      ['migrate', 'validate', file('up.sql'), '--json', '--report', file('report.json')],
      {},
    );
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.out)).toMatchObject({
      ok: false,
      checks: [{ name: 'syntax', verdict: 'failed' }, {}, {}, {}, {}],
    });
    expect(JSON.parse(await readFile(file('report.json'), 'utf8'))).toMatchObject({
      format: 'rollouts-checks',
    });
  });

  it('takes DATABASE_URL from the environment, and says in a sentence that it is away', async () => {
    const args = ['migrate', 'validate', file('up.sql'), '--down', file('down.sql')];
    const run = await rollouts(args, { DATABASE_URL: 'postgresql://bot@127.0.0.1:1/app' });
    expect(run.exitCode).toBe(1);
    expect(run.err).toMatch(/FAILED {2}backup: app at 127\.0\.0\.1 does not answer/);
  });

  it('refuses files and numbers that are none', async () => {
    expect(await rollouts(['migrate', 'validate', file('no.sql')], {})).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('no.sql does not exist.') as string,
    });
    expect(await rollouts(['migrate', 'validate', file('up.sql'), '--max-rows', 'many'], {})).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('--max-rows many is no whole number above 0') as string,
    });
    const nowhere = ['migrate', 'validate', file('up.sql'), '--embedded', '--report', file('no/report.xml')];
    await writeFile(file('up.sql'), 'selec');
    expect((await rollouts(nowhere, {})).err).toContain('The report was not written');
  });

  describe('state', () => {
    const asked: string[] = [];
    const at = (answers: readonly string[]): Terminal => {
      const left = [...answers];
      return {
        environment: { DATA_DIR: file('data') },
        out: () => undefined,
        err: () => undefined,
        ask: async (question) => {
          asked.push(question);
          return left.shift();
        },
        now: () => Date.now(),
      };
    };
    const schemaNow = async (): Promise<unknown> => {
      const store = await openStore({ dataDir: file('data'), prefix: 'rollouts' });
      const { schema } = (await store.load()).documents.cohorts.get('c1') ?? {};
      await store.close();
      return schema;
    };
    beforeEach(async () => {
      const store = await openStore({ dataDir: file('data'), prefix: 'rollouts' });
      await store.commit({
        ...{ op: 'seed', notAfter: Date.now() + 60_000, audit: [], outbox: [] },
        changes: [{ ns: 'cohorts', key: 'c1', expect: 0, next: { schema: 1, name: 'Ada One' } }],
      });
      await store.close();
    });

    it('has nothing to move in this release, and says so', async () => {
      const run = await rollouts(['migrate', 'state', 'apply'], { DATA_DIR: file('data') });
      expect(run).toMatchObject({ exitCode: 0, out: 'Every document stands there already.' });
      const checks = await rollouts(['migrate', 'state', 'validate'], { DATA_DIR: file('data') });
      expect(checks.out).toContain('5 of 5 checks');
    });

    it('asks, keeps a snapshot, and moves up and down again', async () => {
      const refused: Report = await applyStateMigrations(at(['no']), {}, migrations);
      expect(refused).toMatchObject({ exitCode: 1, text: 'Nothing was changed.' });
      expect(await applyStateMigrations(at([]), {}, migrations)).toMatchObject({ exitCode: 2 });
      expect(await schemaNow()).toBe(1);

      expect(await validateStateDocuments(at([]), {}, migrations)).toMatchObject({ exitCode: 0 });
      const moved = await applyStateMigrations(at(['yes']), {}, migrations);
      expect(moved.text).toMatch(
        /^Moved 1 document in 1 commit\. .+ in \d+T\d+Z-\d+-migration\.snapshot\.gz\.$/,
      );
      expect(await schemaNow()).toBe(3);
      await applyStateMigrations(at([]), { to: '0', yes: true }, migrations);
      expect(await schemaNow()).toBe(1);
    });
  });
});
