import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollouts-scripts-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number | string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script in an empty folder, so that no `.env` of the developer's is read. */
function run(
  script: string,
  environment: Readonly<Record<string, string>> = {},
  nodeArgs: readonly string[] = [],
): Promise<Ended> {
  const options = { cwd: folder, env: { PATH: process.env['PATH'], ...environment }, timeout: 15_000 };
  return new Promise((done) => {
    execFile(process.execPath, [...nodeArgs, script], options, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : (error.code ?? undefined), stdout, stderr });
    });
  });
}

/** As on a machine that has only this script of the project. */
async function alone(script: string): Promise<string> {
  const copy = join(folder, 'scripts', script);
  await cp(join('scripts', script), copy);
  return copy;
}

describe('npx rollouts', () => {
  it('says in a clone without a build how to get one, with the exit code of wrong usage', async () => {
    const launcher = join(folder, 'bin/rollouts.mjs');
    await cp('bin/rollouts.mjs', launcher);
    const ended = await run(launcher);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('Run "npm run build"');
  });

  it('is the built command line where there is one, its arguments and its exit code', async () => {
    const launcher = join(folder, 'bin/rollouts.mjs');
    await cp('bin/rollouts.mjs', launcher);
    await mkdir(join(folder, 'dist/esm'), { recursive: true });
    await writeFile(join(folder, 'dist/esm/package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'dist/esm/cli.js'), 'process.exitCode = 7; console.log("started");');
    expect(await run(launcher)).toMatchObject({ code: 7, stdout: 'started\n' });
  });
});

describe('npm start', () => {
  it('ends with exit code 1 and says what is missing and where to get it, where there is no token', async () => {
    const ended = await run(resolve('scripts/start.mjs'), { STAFF_GUILD_ID: '100000000000000001' });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('DISCORD_TOKEN is missing.');
    expect(ended.stderr).toContain('your application -> Bot -> Reset Token');
  });

  it('ends likewise under PM2, whose listeners would keep the process alive', async () => {
    const asPm2Does = '--import=data:text/javascript,setInterval(()=>{},1000)';
    expect((await run(resolve('scripts/start.mjs'), {}, [asPm2Does])).code).toBe(1);
  });

  it('ends with exit code 1 where it cannot log in', async () => {
    const environment = {
      DISCORD_TOKEN: 'x',
      DISCORD_API_URL: 'http://127.0.0.1:1/api',
      STAFF_GUILD_ID: '100000000000000001',
      HTTP_PORT: '0',
    };
    const ended = await run(resolve('scripts/start.mjs'), environment);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain('The bot could not log in: Discord cannot be reached');
  });

  it('says so where nothing was built, and what to do', async () => {
    const ended = await run(await alone('start.mjs'));
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('There is no dist/ here');
    expect(ended.stderr).toContain('npm run build');
  });
});

describe('npm ci --omit=dev', () => {
  it('builds nothing, says so, and does not fail', async () => {
    const ended = await run(await alone('prepare.mjs'));
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('a dist/ built elsewhere is used');
  });
});
