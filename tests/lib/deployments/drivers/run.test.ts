import { readFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ProgramFailed } from '../../../../src/lib/deployments/drivers/errors.js';
import { run, type RunOptions } from '../../../../src/lib/deployments/drivers/run.js';
import { until } from '../../../support/redis/until.js';

const node = process.execPath;

function script(code: string, options: Partial<RunOptions> = {}) {
  return run([node, '-e', code], { signal: AbortSignal.timeout(15_000), ...options });
}

async function failureOf(work: Promise<unknown>): Promise<ProgramFailed> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ProgramFailed) return error;
  throw new Error(`No ProgramFailed but ${String(error)}.`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

afterEach(() => vi.unstubAllEnvs());

describe('a program', () => {
  it('is handed its arguments as they are: no shell reads them', async () => {
    const args = ['$HOME', '; rm -rf x', '`id`', 'two words', '*'];
    const { stdout } = await run(
      [node, '-e', 'console.log(JSON.stringify(process.argv.slice(1)))', ...args],
      {
        signal: AbortSignal.timeout(15_000),
      },
    );
    expect(JSON.parse(stdout)).toEqual(args);
  });

  it('sees PATH and what it was promised of the environment, and nothing else', async () => {
    vi.stubEnv('DISCORD_TOKEN', 'a-secret-token');
    vi.stubEnv('PGHOST', 'db');
    const code =
      'console.log(JSON.stringify(["PATH", "PGHOST", "DISCORD_TOKEN", "PM2_HOME"].map((n) => n in process.env)))';
    const { stdout } = await script(code, { env: ['PGHOST'], set: { PM2_HOME: '/x' } });
    expect(JSON.parse(stdout)).toEqual([true, true, false, true]);
  });

  it('says with its exit code and its last line why it failed, and never its arguments', async () => {
    const failure = await failureOf(script('console.error("first\\nno such database\\n"); process.exit(3)'));
    expect(failure.message).toBe(`${node} ended with exit code 3: no such database.`);
    expect(failure.exitCode).toBe(3);
    expect(failure.context['stderr']).toContain('first');
  });

  it('cannot say the secret that it was given', async () => {
    vi.stubEnv('PGPASSWORD', 'hunter22');
    const lines: string[] = [];
    const work = script('console.error("wrong: " + process.env.PGPASSWORD); process.exit(1)', {
      env: ['PGPASSWORD'],
      onLine: (line) => lines.push(line),
    });
    expect((await failureOf(work)).message).toContain('wrong: ***');
    expect(lines).toEqual(['wrong: ***']);
  });

  it('cannot say a line of a secret that has several, nor the rest of one that holds another', async () => {
    vi.stubEnv('KEY', 'first-half\nsecond-half\n');
    vi.stubEnv('SHORT', 'hunter22');
    vi.stubEnv('LONG', 'hunter22-and-more');
    const lines: string[] = [];
    await script('console.log(process.env.KEY + process.env.LONG + " " + process.env.SHORT)', {
      env: ['KEY', 'SHORT', 'LONG'],
      onLine: (line) => lines.push(line),
    });
    expect(lines).toEqual(['***', '***', '*** ***']);
  });

  it('that does not exist is named', async () => {
    const work = run(['/no/such/program'], { signal: AbortSignal.timeout(5_000) });
    expect((await failureOf(work)).message).toBe(
      '/no/such/program could not be started: there is no such program.',
    );
  });

  it('that ends by a signal says which', async () => {
    const failure = await failureOf(
      script('process.kill(process.pid, "SIGUSR2"); setTimeout(() => {}, 9999)'),
    );
    expect(failure.signal).toBe('SIGUSR2');
    expect(failure.message).toContain('was ended by SIGUSR2');
  });

  it('fills no memory: the last 64 KiB of its output are kept', async () => {
    const { stdout } = await script('for (let i = 0; i < 40000; i++) console.log("line " + i)');
    expect(Buffer.byteLength(stdout)).toBe(64 * 1024);
    expect(stdout.endsWith('line 39999\n')).toBe(true);
  });

  it('is heard line by line, with letters that arrive in two pieces', async () => {
    const lines: string[] = [];
    const code = `
      const bytes = Buffer.from('grün\\nzweite\\nohne Ende');
      process.stdout.write(bytes.subarray(0, 3), () => setTimeout(() => process.stdout.write(bytes.subarray(3)), 30));`;
    await script(code, { onLine: (line) => lines.push(line) });
    expect(lines).toEqual(['grün', 'zweite', 'ohne Ende']);
  });
});

describe('at the deadline', () => {
  it('the program and everything that it started are ended, also what does not want to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'run-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const pids = join(folder, 'pids');
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`;
    const code = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', ${JSON.stringify(stubborn)}], { stdio: 'inherit' });
      ${stubborn}
      require('node:fs').writeFileSync(${JSON.stringify(pids)}, process.pid + ' ' + child.pid);`;
    const controller = new AbortController();
    const failed = failureOf(script(code, { signal: controller.signal }));
    const written = await until('both run', () => readFile(pids, 'utf8').catch(() => ''));
    controller.abort(new DOMException('over', 'TimeoutError'));
    expect((await failed).message).toContain('was ended because its time was over');
    for (const pid of written.split(' ').map(Number)) await until(`${pid} is gone`, () => !isAlive(pid));
  });

  it('that is over already nothing is started', async () => {
    const failure = await failureOf(script('', { signal: AbortSignal.abort() }));
    expect(failure.message).toContain('was not started: this process was asked to let go of it');
  });

  it('a child that stays behind and holds the output open does not hold us up', async () => {
    const code = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'inherit', detached: true });
      console.log(child.pid); child.unref(); process.exit(0);`;
    const { stdout } = await script(code);
    const pid = Number(stdout);
    expect(isAlive(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });
});
