import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { namesIn } from '../../../src/cli/contract/exportsOf.js';
import { gather } from '../../../src/cli/contract/gather.js';
import { compareContracts } from '../../../src/lib/deployments/contract/compare.js';
import { contractSchema } from '../../../src/lib/deployments/contract/Contract.js';
import { rollouts } from '../FakeTerminal.js';

const root = join(import.meta.dirname, '../../..');

describe('npx rollouts contract', { timeout: 60_000 }, () => {
  let folder: string;
  const file = (name: string): string => join(folder, name);
  const write = (name: string, value: unknown): Promise<void> =>
    writeFile(file(name), typeof value === 'string' ? value : JSON.stringify(value));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollouts-contract-'));
    await mkdir(file('dist'));
    await write('package.json', {
      version: '1.2.0',
      exports: { '.': { import: { types: './dist/index.d.ts' } }, './package.json': './package.json' },
    });
    await write(
      'dist/other.d.ts',
      'export declare class Kept {}\nexport interface Shape { a: 1 }\ndeclare const Old: 1;\nexport { Old as Renamed };',
    );
    await write(
      'dist/index.d.ts',
      "export * from './other.js';\nexport { type Kept as Lent } from './other.js';\nexport type Own = string;",
    );
    await write('.env.example', '# A comment\nMY_KEY=\n');
    await write('commands.json', [
      { name: 'play', options: [{ type: 3, name: 'song', description: 'x' }], nsfw: false },
    ]);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const sources = () => ['--package', folder, '--commands', file('commands.json')];
  const record = () => rollouts(['contract', 'record', ...sources(), '--file', file('contract.json')], {});
  const check = (...more: readonly string[]) =>
    rollouts(['contract', 'check', ...sources(), '--against', file('contract.json'), ...more], {});

  it('records a bot of its own and finds it as it was', async () => {
    expect(await record()).toMatchObject({ exitCode: 0, err: '' });
    const contract = contractSchema.parse(JSON.parse(await readFile(file('contract.json'), 'utf8')));
    expect(contract).toMatchObject({
      release: '1.2.0',
      commands: [{ name: 'play', options: [{ name: 'song' }] }],
      exports: { '.': { Kept: 'value', Lent: 'type', Own: 'type', Renamed: 'value', Shape: 'type' } },
    });
    expect(contract.configuration['environment']).toMatchObject({
      DISCORD_TOKEN: { required: true },
      MY_KEY: { required: false },
    });
    expect(await check()).toMatchObject({ exitCode: 0, err: '' });
  });

  it('answers 1 and says what breaks whom, for a gate, too', async () => {
    await record();
    await write('commands.json', [{ name: 'play', options: [{ type: 3, name: 'song', required: true }] }]);
    await write('dist/other.d.ts', 'export declare class Kept {}\nexport interface Shape { a: 1 }');
    await write('.env.example', '');
    const run = await check('--report', file('report.xml'));
    expect(run.exitCode).toBe(1);
    expect(run.err).toContain('/play: the option song is required now: people who leave it out are refused');
    expect(run.err).toContain('environment: MY_KEY is gone');
    expect(run.err).toContain('. no longer exports the value Renamed');
    expect(run.err).toContain('compatibility with 1.2.0: failed, 1 of 4 checks.');
    expect(await readFile(file('report.xml'), 'utf8')).toContain('<testsuites tests="4" failures="3"');
  });

  it('concludes nothing about what it was asked not to look at', async () => {
    await record();
    await rm(file('dist'), { recursive: true });
    const left = await check('--no-exports');
    expect(left.exitCode).toBe(0);
    expect(left.out).toContain('package exports: Not looked at, as it was asked for.');
    const run = await check();
    expect(run).toMatchObject({ exitCode: 1 });
    expect(run.err).toContain(
      'index.d.ts does not exist, so that nobody knows what . exports.\nBuild the package first.',
    );
  });

  it('says where nothing was recorded, and where a file is none', async () => {
    expect((await check()).err).toContain('contract.json does not exist.');
    await write('contract.json', '{}');
    expect((await check()).err).toContain('contract.json is not what it should be: format:');
    await write('commands.json', '[{}]');
    expect((await record()).err).toContain('commands.json is not what it should be: 0.name:');
  });
});

it('this project keeps its own contract: people, operators and bots', { timeout: 60_000 }, async () => {
  const was = contractSchema.parse(JSON.parse(await readFile(join(root, 'contract.json'), 'utf8')));
  const is = {
    ...(await gather({ package: root, exports: false })),
    exports: await namesIn(
      new Map([
        ['.', join(root, 'src/index.ts')],
        ['./register', join(root, 'src/register.ts')],
        ['./judging', join(root, 'src/judging.ts')],
      ]),
    ),
  };
  const { checks } = await compareContracts(was, is, { now: () => 0 });
  const broken = checks.filter(({ verdict }) => verdict !== 'passed').flatMap(({ evidence }) => evidence);
  expect(broken, 'Take it back, or where it is meant: npm run build && npm run contract').toEqual([]);
});
