import { execFile } from 'node:child_process';
import { copyFile, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { position } from '../../src/index.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { describeRedis } from '../support/redis/available.js';
import { startRedis, type RedisProcess } from '../support/redis/server.js';
import { BotProcess } from './BotProcess.js';
import { installed, type Installed } from './installed.js';

const run = promisify(execFile);

let bots: Installed;
beforeAll(async () => {
  bots = await installed();
}, 120_000);
afterAll(() => bots.remove());

/** A person turns a flag on by a command; the bot, asked from within, sees it for that guild alone. */
async function changesAFlag(script: string, redisUrl: string, dataDir: string): Promise<void> {
  const sandbox = await startSandbox({ port: 0, guilds: 5 });
  const { world } = sandbox;
  const bot = BotProcess.start(script, bots.folder, {
    DISCORD_TOKEN: sandbox.botToken,
    DISCORD_API_URL: sandbox.apiUrl,
    STAFF_GUILD_ID: world.staffGuild.id,
    ADMIN_ROLE_ID: world.role('Admin').id,
    DATA_DIR: join(bots.folder, dataDir),
    REDIS_URL: redisUrl,
  });
  try {
    expect(await bot.next()).toEqual({ ready: true });
    const admin = sandbox.as('admin').in('operations');
    expect(admin.commands().map(({ name }) => name)).toEqual(
      expect.arrayContaining(['feature', 'cohort', 'beta']),
    );

    await admin.slash('/feature create', { name: 'greeting', description: 'Says hello.' });
    const [inside, outside] = [world.guild('beta_server_1').id, world.guild('beta_server_2').id];
    expect(await bot.ask('greeting', inside)).toEqual({
      isEnabled: false,
      position: position('greeting', inside),
    });
    await admin.slash('/feature enable', { name: 'greeting', guild: inside });
    expect((await bot.ask('greeting', inside)).isEnabled).toBe(true);
    expect((await bot.ask('greeting', outside)).isEnabled).toBe(false);

    const info = await admin.slash('/feature info', { name: 'declared_in_code' });
    expect(info.text).toContain('Asked for by the code of the bot.');
    const troubles = (await bot.stop()).split('\n').filter((line) => / - (ERROR|FATAL) - |Error:/.test(line));
    expect(troubles).toEqual([]);
  } finally {
    await bot.stop();
    await sandbox.close();
  }
}

describe.each(['cjs-bot.cjs', 'esm-bot.mjs'])('installed into an empty bot (%s)', (script) => {
  it('logs in, has its commands and changes a flag on embedded state', async () => {
    await changesAFlag(script, '', `data-${script}`);
  });
});

describeRedis('installed into an empty bot, on Redis', () => {
  let redis: RedisProcess;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.dispose());

  it.each(['cjs-bot.cjs', 'esm-bot.mjs'])(
    '%s logs in, has its commands and changes a flag',
    async (script) => {
      await redis.send('FLUSHALL');
      await changesAFlag(script, redis.url, `redis-${script}`);
    },
  );
});

it('says loudly that the plugin was loaded in the other format than the bot', async () => {
  const bot = BotProcess.start('mixed-bot.cjs', bots.folder, {});
  try {
    expect(await bot.next()).toMatchObject({
      code: 'ROLLOUTS_NO_CLIENT',
      message: expect.stringContaining('CommonJS copy of @sapphire/framework') as string,
    });
  } finally {
    await bot.stop();
  }
}, 30_000);

describe('the tarball', () => {
  const paths = (): readonly string[] => bots.files.map(({ path }) => path);

  it('holds what it promises, and nothing of the sandbox, the demo and the tests', () => {
    const promised = [
      'LICENSE',
      'README.md',
      'CHANGELOG.md',
      'bin/rollouts.mjs',
      'dist/esm/cli.js',
      'dist/cjs/register.d.ts',
    ];
    expect(promised.filter((path) => !paths().includes(path))).toEqual([]);
    expect(
      paths().filter((path) => /sandbox|demo|test|(?<!\.d)\.ts$/.test(path.replace(/smoke-tests/, ''))),
    ).toEqual([]);
  });

  it('is small: both formats and their types, and no maps of what reads like its source', () => {
    process.stdout.write(
      `The package: ${(bots.size / 1024).toFixed(0)} KiB packed, ${bots.files.length} files.\n`,
    );
    expect(bots.size).toBeLessThan(1.5 * 1024 * 1024);
    expect(paths().filter((path) => path.endsWith('.map'))).toEqual([]);
  });

  it('holds every map and every asset that its code names', async () => {
    const root = join(bots.folder, 'node_modules/sapphire-plugin-rollouts');
    const there = new Set(paths());
    for (const path of paths().filter((file) => file.endsWith('.js'))) {
      const text = await readFile(join(root, path), 'utf8');
      const named = /\n\/\/# sourceMappingURL=(.+)\s*$/.exec(text)?.[1];
      if (named !== undefined) expect(there).toContain(join(path, '..', named));
    }
    expect(paths().filter((path) => path.endsWith('.lua') && path.includes('cjs'))).toHaveLength(
      paths().filter((path) => path.endsWith('.lua') && path.includes('esm')).length,
    );
  });

  it('pleases publint', async () => {
    const tarball = await readFile(bots.tarball);
    const bytes = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength);
    const { messages, pkg } = await publint({ pack: { tarball: bytes }, level: 'warning' });
    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([]);
  });
});

it('runs as a program: npx rollouts', async () => {
  const { stdout } = await run('npx', ['--no-install', 'rollouts', '--version'], { cwd: bots.folder });
  expect(stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
});

it.each(['types.mts', 'types.cts'])(
  'its types resolve and hold for %s',
  async (file) => {
    const tsc = resolve('node_modules/typescript/bin/tsc');
    const strict = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext'];
    const nodeTypes = ['--typeRoots', resolve('node_modules/@types'), '--types', 'node'];
    const source = join(bots.folder, file);
    await copyFile(join(bots.folder, 'types.ts.txt'), source);
    const checked = await run(process.execPath, [tsc, ...strict, ...nodeTypes, source], {
      cwd: bots.folder,
    }).catch((error: unknown) => error as { readonly stdout: string });
    expect(checked.stdout).toBe('');
  },
  60_000,
);
