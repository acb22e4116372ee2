import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { BotProcess, BotStartError } from '../../src/sandbox/BotProcess.js';
import type { BotState, PageServerMessage } from '../../src/sandbox/pageApi.js';
import { runSandbox, type RunningSandbox } from '../../src/sandbox/runSandbox.js';
import { SandboxStartError } from '../../src/sandbox/settings.js';

const bot = (name: string): string => fileURLToPath(new URL(`./bots/${name}.mjs`, import.meta.url));

let dataDir: string;
let said: string[];
let warned: string[];
let running: RunningSandbox[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sandbox-run-'));
  [said, warned, running] = [[], [], []];
});

afterEach(async () => {
  for (const one of running) await one.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function run(
  env: NodeJS.ProcessEnv = {},
  script = 'ready',
  signal?: AbortSignal,
): Promise<RunningSandbox> {
  const one = await runSandbox({
    script: bot(script),
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: dataDir,
      SANDBOX_PORT: '0',
      REDIS_URL: 'redis://real',
      ...env,
    },
    say: (line) => said.push(line),
    warn: (line) => warned.push(line),
    signal,
  });
  running.push(one);
  return one;
}

const log = (): Promise<string> => readFile(join(dataDir, 'sandbox-bot.log'), 'utf8');

test('one line says where the page is, and the bot has its environment and nobody else’s', async () => {
  const { url } = await run();
  expect(said).toEqual([`Sandbox ready: ${url}`]);
  expect(warned).toEqual([]);
  await running.pop()?.stop();
  expect(await log()).toContain('token given, redis ""');
  await expect(fetch(url)).rejects.toThrow();
});

test('a bot that does not start is reported with the last lines of its log', async () => {
  const failed = run({}, 'broken');
  await expect(failed).rejects.toThrow(BotStartError);
  await expect(failed).rejects.toThrow(
    /ended before it was ready \(exit code 1\).*sandbox-bot\.log.*\nSTAFF_GUILD_ID is missing/s,
  );
  expect(said).toEqual([]);
});

test('a port that is taken or none at all is a sentence, not a stack', async () => {
  const { url } = await run();
  await expect(run({ SANDBOX_PORT: new URL(url).port })).rejects.toThrow(/cannot be used.*SANDBOX_PORT/);
  await expect(run({ SANDBOX_PORT: 'x' })).rejects.toThrow(SandboxStartError);
});

test('a start can be broken off, and leaves no bot behind', async () => {
  await expect(run({}, 'ready', AbortSignal.abort())).rejects.toThrow('aborted');
  const interrupted = new AbortController();
  const started = run({ SLOW: '1' }, 'ready', interrupted.signal);
  const timer = setInterval(
    () =>
      void log().then(
        (text) => text && interrupted.abort(),
        () => undefined,
      ),
    5,
  );
  await expect(started).rejects.toThrow(BotStartError);
  clearInterval(timer);
});

test('a second sandbox on the same data says so, and works', async () => {
  await run();
  await writeFile(
    join(dataDir, 'sandbox.json'),
    JSON.stringify({ pid: process.ppid, url: 'http://127.0.0.1:4000' }),
  );
  await run();
  expect(warned.join()).toContain('Another sandbox (http://127.0.0.1:4000');
  expect(said).toHaveLength(2);
});

test('a mark of a sandbox that is gone, or cut short, is passed over', async () => {
  await writeFile(join(dataDir, 'sandbox.json'), JSON.stringify({ pid: 2 ** 22 + 1, url: 'x' }));
  await run();
  await writeFile(join(dataDir, 'sandbox.json'), '{"pid":');
  await run();
  expect(warned).toEqual([]);
});

test('a bot that crashes is started again, and the page is told', async () => {
  const states: BotState[] = [];
  let readyAgain: () => void;
  const again = new Promise<void>((resolve) => (readyAgain = resolve));
  const process_ = new BotProcess({
    script: bot('ready'),
    env: () => ({ PATH: process.env['PATH'], DATA_DIR: dataDir, CRASH_ONCE: '1' }),
    logFile: join(dataDir, 'bot.log'),
    firstRetryMs: 1,
    onState: (state) => {
      states.push(state);
      if (states.filter(({ state: name }) => name === 'ready').length === 2) readyAgain();
    },
  });
  await process_.start();
  await again;
  await process_.stop();
  expect(states.map(({ state }) => state)).toEqual(['starting', 'ready', 'restarting', 'ready']);
  expect(states[2]?.detail).toContain('exit code 3');
});

test('the page learns the state of the bot with its first view', async () => {
  const { url } = await run();
  const socket = new WebSocket(`${url.replace('http', 'ws')}/page`);
  socket.on('open', () => socket.send(JSON.stringify({ id: 1, type: 'view', user: 'admin' })));
  const reply = await new Promise<PageServerMessage>((resolve) =>
    socket.once('message', (data: Buffer) => resolve(JSON.parse(data.toString()) as PageServerMessage)),
  );
  expect(reply).toMatchObject({ type: 'reply', ok: true, result: { botState: { state: 'ready' } } });
  socket.close();
});

test('the bot starts with the speed of the environment, and is told of every knob that is turned', async () => {
  const { sandbox } = await run({ SANDBOX_SPEED: '600', SANDBOX_TRAFFIC: '5', SANDBOX_GUILDS: '6' });
  expect(sandbox.world.guilds).toHaveLength(6);
  sandbox.simulation.turn({ errors: 5 });
  await vi.waitFor(async () => {
    const lines = (await log()).split('\n');
    const at = (word: string): unknown[] =>
      lines
        .filter((line) => line.startsWith(word))
        .map((line) => JSON.parse(line.slice(word.length)) as unknown);
    expect(at('start ')).toMatchObject([{ kind: 'demo-orders', pace: { speed: 600 } }]);
    expect(at('told ').at(-1)).toMatchObject({ greeting: { newGreeting: { errors: 5 } } });
  });
});

test('a number that the sandbox cannot use is a sentence, not a stack', async () => {
  await expect(run({ SANDBOX_SPEED: '4000' })).rejects.toThrow(/SANDBOX_SPEED is "4000".*from 1 to 3600/);
  await expect(run({ SANDBOX_TRAFFIC: 'much' })).rejects.toThrow(SandboxStartError);
});

test('time goes on where the last sandbox on this folder was', async () => {
  const first = await run({ SANDBOX_SPEED: '3600' });
  const { simulation } = first.sandbox;
  simulation.continueFrom(Date.now() + 14 * 86_400_000);
  await running.pop()?.stop();
  const left = simulation.domainNow();
  const second = await run();
  expect(second.sandbox.simulation.domainNow()).toBeGreaterThan(Date.now() + 13 * 86_400_000);
  expect(second.sandbox.simulation.domainNow()).toBeLessThanOrEqual(left + 60_000);
});

test('a note of the time that was cut short counts as none', async () => {
  await writeFile(join(dataDir, 'sandbox-time.json'), '{"domainAt":');
  const { sandbox } = await run();
  expect(Math.abs(sandbox.simulation.domainNow() - Date.now())).toBeLessThan(60_000);
});
