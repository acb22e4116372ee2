// Everything is rolled back and the previous version brought back by a real PM2, three processes each, while people go on typing:
// how long until the new version is gone, and whether each interaction was answered exactly once.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { botEnvironment } from '../../dist/esm/sandbox/botEnvironment.js';
import { pm2ForTests } from '../../scripts/pm2-for-tests.mjs';
import { demo, percentile, say, withSandbox } from '../chat/parts/bot.mjs';
import { freePorts } from './parts/ports.mjs';

const shards = [0, 1, 2];
const aSecond = 10;
const target = 60;
const execute = promisify(execFile);

const answers = new Map();
/** Each first answer that Discord took, and each that it refused as a second one. */
function count({ method, path, status }) {
  const [, id] = /^\/interactions\/(\d+)\/[^/]+\/callback/.exec(path) ?? [];
  if (method === 'POST' && id !== undefined) answers.set(id, [...(answers.get(id) ?? []), status]);
}

await withSandbox({ onExchange: count }, async (sandbox, dataDir) => {
  const home = await mkdtemp(join(tmpdir(), 'pm2-bench-'));
  const bin = await pm2ForTests();
  const pm2 = async (...args) => {
    const env = { PATH: process.env.PATH, HOME: home, PM2_HOME: home };
    return (await execute(bin, args, { env, maxBuffer: 64 * 1024 * 1024 })).stdout;
  };
  try {
    await measure(sandbox, { dataDir, home, bin, pm2 });
  } finally {
    await pm2('kill');
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
});

async function measure(sandbox, { dataDir, home, bin, pm2 }) {
  const ports = await freePorts(2 * shards.length);
  const file = join(home, 'deployments.yaml');
  const versions = [
    { name: 'stable', release: '1.0.0', ports: ports.slice(0, shards.length) },
    { name: 'new', release: '2.0.0', ports: ports.slice(shards.length) },
  ];
  const [stable, fresh] = versions.map(({ name, release, ports: own }) => ({
    name: shards.map((shard) => `${name}-${shard}`),
    release,
    ready: own.map((port) => `http://127.0.0.1:${port}/readyz`),
  }));
  await writeFile(file, JSON.stringify({ driver: { use: 'pm2', bin, home, new: fresh, stable } }));
  const apps = versions.map(({ name, release, ports: own }) =>
    shards.map((shard) => ({
      name: `${name}-${shard}`,
      script: demo,
      exec_mode: 'fork',
      wait_ready: true,
      listen_timeout: 60_000,
      kill_timeout: 10_000,
      env: {
        ...botEnvironment(sandbox, dataDir, { PATH: process.env.PATH }),
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
        DEPLOYMENTS_FILE: file,
        RELEASE: release,
        SHARDS: String(shard),
        SHARD_COUNT: String(shards.length),
        HTTP_PORT: String(own[shard]),
      },
    })),
  );
  // The old version has always been there; the new one takes over as it starts, and the old one waits.
  for (const some of apps) {
    const ecosystem = join(home, 'ecosystem.json');
    await writeFile(ecosystem, JSON.stringify({ apps: some }));
    await pm2('start', ecosystem);
  }
  const admin = sandbox.as('admin').in('operations');
  await untilAnswered(admin);
  await pm2('stop', ...stable.name);
  await rollBack(sandbox, { admin, pm2, stable, fresh });
}

async function rollBack(sandbox, { admin, pm2, stable, fresh }) {
  const guilds = [...sandbox.world.guilds.values()].slice(0, 12);
  const typing = people(guilds.map(({ id, ownerId }) => sandbox.as(ownerId).in('general', id)));
  await pause(2_000);
  const pressed = performance.now();
  await admin.slash('/rollback now', { everything: true, reason: 'bench', trigger: 'other' });
  const statuses = async () => {
    const line = (await pm2('jlist')).split('\n').find((text) => text.startsWith('['));
    return new Map(JSON.parse(line).map(({ name, pm2_env }) => [name, pm2_env.status]));
  };
  for (;;) {
    const now = await statuses();
    const isDone =
      stable.name.every((name) => now.get(name) === 'online') &&
      fresh.name.every((name) => now.get(name) === 'stopped');
    if (isDone || performance.now() - pressed > 4 * 60_000) break;
    await pause(500);
  }
  const seconds = (performance.now() - pressed) / 1_000;
  await pause(3_000);
  const { typed, unanswered, delays } = await typing.stop();
  const twice = [...answers.values()].filter((statuses) => statuses.length > 1).length;
  const values = { seconds, typed, unanswered, twice, 'answered p99 ms': percentile(delays, 0.99) };
  say({
    name: 'rollbacks: everything, with PM2, 3 + 3 processes',
    unit: 's',
    values,
    target,
    ok: seconds <= target && unanswered === 0 && twice === 0,
  });
}

/** Somebody types `/hello` every tenth of a second, in one guild after the other. */
function people(places) {
  const delays = [];
  const open = new Set();
  let typed = 0;
  let unanswered = 0;
  let goesOn = true;
  const type = async (place) => {
    const asked = performance.now();
    try {
      await place.slash('/hello');
      delays.push(performance.now() - asked);
    } catch (error) {
      unanswered += 1;
      console.log(`unanswered: ${error.message}`);
    }
  };
  const going = (async () => {
    for (; goesOn; typed += 1) {
      const one = type(places[typed % places.length]).finally(() => open.delete(one));
      open.add(one);
      await pause(1_000 / aSecond);
    }
  })();
  return {
    stop: async () => {
      goesOn = false;
      await going;
      await Promise.all(open);
      return { typed, unanswered, delays };
    },
  };
}

async function untilAnswered(admin) {
  for (let attempts = 0; ; attempts += 1) {
    try {
      return await admin.slash('/hello');
    } catch (error) {
      if (attempts > 100) throw error;
      await pause(300);
    }
  }
}
