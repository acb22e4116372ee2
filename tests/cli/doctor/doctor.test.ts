import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/cli/doctor/Finding.js';
import { openStore } from '../../../src/lib/state/openStore.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.js';
import { rollouts } from '../FakeTerminal.js';

let sandbox: Sandbox;
let dataDir: string;
let environment: Record<string, string>;

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, guilds: 5 });
  dataDir = await mkdtemp(join(tmpdir(), 'rollouts-doctor-'));
  const { world } = sandbox;
  environment = {
    DISCORD_TOKEN: sandbox.botToken,
    DISCORD_API_URL: sandbox.apiUrl,
    STAFF_GUILD_ID: world.staffGuild.id,
    ROLLOUT_ADMIN_ROLE_IDS: world.role('Admin').id,
    ONCALL_ROLE_ID: world.role('On-call').id,
    DATA_DIR: dataDir,
  };
});
afterEach(async () => {
  await sandbox.close();
  await rm(dataDir, { recursive: true });
});

async function findings(changed: Record<string, string> = {}): Promise<readonly Finding[]> {
  const { out } = await rollouts(['doctor', '--json'], { ...environment, ...changed });
  return (JSON.parse(out) as { findings: readonly Finding[] }).findings;
}

async function problems(changed: Record<string, string> = {}): Promise<readonly Finding[]> {
  return (await findings(changed)).filter(({ level }) => level !== 'ok');
}

describe('rollouts doctor', () => {
  it('finds everything well in the sandbox, and says what it looked at', async () => {
    expect(await problems()).toEqual([]);
    const run = await rollouts(['doctor'], environment);
    expect(run).toMatchObject({ exitCode: 0, err: '' });
    for (const about of [
      'node',
      'discord.js',
      'DISCORD_TOKEN',
      'STAFF_GUILD_ID',
      'OPERATIONS_CHANNEL',
      'store',
    ]) {
      expect(run.out).toMatch(new RegExp(`^ok +${about.replace('.', '\\.')} `, 'm'));
    }
    expect(run.out).toMatch(/\nAll is well\.$/);
  });

  it('says where to get a new token where Discord does not accept this one', async () => {
    const run = await rollouts(['doctor'], { ...environment, DISCORD_TOKEN: 'not.the.one' });
    expect(run.exitCode).toBe(1);
    expect(run.err).toMatch(/problem +DISCORD_TOKEN +Discord does not accept it\.\n +-> .*Reset Token/);
    expect(run.err).not.toContain('not.the.one');
    expect(run.err).toMatch(/\n1 problem, 0 warnings\.$/);
  });

  it('names everything that is missing in the configuration, and looks at the store all the same', async () => {
    const { out, exitCode } = await rollouts(['doctor', '--json'], { DATA_DIR: dataDir });
    expect(exitCode).toBe(1);
    const { findings: found } = JSON.parse(out) as { findings: readonly Finding[] };
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ about: 'DISCORD_TOKEN', level: 'problem' }),
        expect.objectContaining({ about: 'STAFF_GUILD_ID', level: 'problem' }),
        expect.objectContaining({ about: 'store', level: 'ok' }),
      ]),
    );
  });

  it('gives the invite link where the bot is not in the staff guild', async () => {
    const [found] = await problems({ STAFF_GUILD_ID: '100000000000000001' });
    expect(found).toMatchObject({ about: 'STAFF_GUILD_ID', level: 'problem' });
    expect(found?.next).toMatch(
      /oauth2\/authorize\?client_id=\d+&scope=bot\+applications\.commands&permissions=309237894144$/,
    );
  });

  it('names a channel that is not there and a role that is not there', async () => {
    sandbox.deleteChannel('operations');
    expect(await problems({ ROLLOUT_STAFF_ROLE_IDS: '100000000000000001' })).toMatchObject([
      { about: 'ROLLOUT_STAFF_ROLE_IDS', found: expect.stringContaining('100000000000000001') as string },
      { about: 'OPERATIONS_CHANNEL', found: 'The staff guild has no text channel #operations.' },
    ]);
  });

  it('says so where something else answers than Discord', async () => {
    sandbox.rest.fail({ method: 'GET', route: /applications\/@me/, status: 500, times: 10 });
    expect(await problems()).toMatchObject([{ about: 'Discord', level: 'problem' }]);
    expect(await problems({ DISCORD_API_URL: 'http://127.0.0.1:1/api' })).toMatchObject([
      { about: 'Discord', next: expect.stringContaining('DISCORD_API_URL') as string },
    ]);
  });

  it('names notices that could not be delivered', async () => {
    const store = await openStore({ dataDir, prefix: 'rollouts' });
    await store.commit({ op: 'one', notAfter: Date.now() + 60_000, changes: [], audit: [], outbox: [{}] });
    await new Promise<void>((resolve, reject) => {
      store
        .lease('control', {
          owner: 'test',
          ttlMs: 5_000,
          onGained: (fence) => {
            store.outbox
              .settle('1-0', { status: 'parked', reason: 'No channel #ops.' }, fence)
              .then(resolve, reject);
          },
          onLost: () => undefined,
        })
        .catch(reject);
    });
    await store.close();
    expect(await problems()).toMatchObject([
      { about: 'notices', level: 'warning', found: '1 notice could not be delivered: No channel #ops.' },
    ]);
  });

  it('makes no state where there is none', async () => {
    const nowhere = join(dataDir, 'nowhere');
    expect(await problems({ DATA_DIR: nowhere })).toMatchObject([
      { about: 'store', level: 'warning', found: `Nothing has been kept in ${nowhere} yet.` },
    ]);
    expect(existsSync(nowhere)).toBe(false);
  });

  it('says so where Redis does not answer, without its password', async () => {
    const run = await rollouts(['doctor'], { ...environment, REDIS_URL: 'redis://u:hunter2@127.0.0.1:1' });
    expect(run.exitCode).toBe(1);
    expect(run.err).toMatch(/problem +store +Redis: it does not answer/);
    expect(run.err).not.toContain('hunter2');
  });
});
