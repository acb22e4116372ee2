import { Client, Events, GatewayIntentBits, type Interaction } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { connect, type Connected } from './connect.js';

let sandbox: Sandbox;
let bots: Connected[];

beforeEach(async () => {
  sandbox = await startSandbox({ patience: { firstMs: 1_000 } });
  bots = [];
});

afterEach(async () => {
  for (const bot of bots) await bot.close();
  await sandbox.close();
});

async function bot(
  ...args: Parameters<typeof connect> extends [Sandbox, ...infer Rest] ? Rest : never
): Promise<Client<true>> {
  const one = await connect(sandbox, ...args);
  bots.push(one);
  return one.client;
}

const reply = (interaction: Interaction): unknown =>
  interaction.isChatInputCommand() ? interaction.reply('pong') : undefined;
const ping = { name: 'ping', description: 'Answers' };
const event = (client: Client, name: string): Promise<unknown> =>
  new Promise((resolve) => client.once(name, resolve));

describe('the seeded world', () => {
  test('is the same at every start', async () => {
    const other = await startSandbox();
    const ids = (one: Sandbox): unknown =>
      one.world.guilds.map(({ id, name, channels }) => [id, name, [...channels.keys()]]);
    expect(ids(other)).toEqual(ids(sandbox));
    expect(other.botToken).toBe(sandbox.botToken);
    await other.close();
  });

  test('reaches a bot as 50 guilds with the members that they count', async () => {
    const client = await bot();
    expect(client.guilds.cache.size).toBe(50);
    const counts = [...client.guilds.cache.values()]
      .filter(({ name }) => name.startsWith('guild_'))
      .map((one) => one.memberCount);
    expect(counts[1]).toBe(Math.round((counts[0] ?? 0) / 2));
    const staffGuild = client.guilds.cache.get(sandbox.world.staffGuild.id);
    expect(staffGuild?.channels.cache.map(({ name }) => name)).toEqual([
      'general',
      'operations',
      'dev-team',
      'management',
    ]);
  });
});

describe('a session', () => {
  test('that was cut gets what it missed, in order and once', async () => {
    const client = await bot();
    const seen: string[] = [];
    client.on(Events.GuildCreate, ({ name }) => void seen.push(name));
    const resumed = event(client, Events.ShardResume);
    sandbox.gateway.cut({ resumable: true });
    for (const name of ['first', 'second']) sandbox.addGuild({ name });
    await resumed;
    sandbox.addGuild({ name: 'third' });
    await expect.poll(() => seen).toEqual(['first', 'second', 'third']);
    expect(sandbox.sessions()).toHaveLength(1);
  });

  test('that cannot be resumed is begun anew', async () => {
    const client = await bot();
    const [before] = sandbox.sessions();
    const ready = event(client, Events.ShardReady);
    sandbox.gateway.cut({ resumable: false });
    await ready;
    const after = sandbox.sessions();
    expect(after).toHaveLength(1);
    expect(after[0]?.id).not.toBe(before?.id);
  });

  test('that is asked to reconnect resumes', async () => {
    const client = await bot();
    const [before] = sandbox.sessions();
    const resumed = event(client, Events.ShardResume);
    sandbox.gateway.askToReconnect();
    await resumed;
    expect(sandbox.sessions()[0]?.id).toBe(before?.id);
  });

  test('of a second process with the same token gets every event, too, and only one answer counts', async () => {
    let received = 0;
    let refused = 0;
    const answer = async (interaction: Interaction): Promise<void> => {
      received += 1;
      if (interaction.isChatInputCommand()) {
        await interaction.reply('pong').catch((error: { code?: number }) => {
          if (error.code === 40060) refused += 1;
        });
      }
    };
    const client = await bot(answer);
    await bot(answer);
    await client.application.commands.set([ping]);
    expect((await sandbox.as('admin').in('general').slash('/ping')).content).toBe('pong');
    await expect.poll(() => [received, refused]).toEqual([2, 1]);
    expect(sandbox.sessions()).toHaveLength(2);
  });

  test('of one of two shards has the guilds of its shard only', async () => {
    const first = await bot(reply, { shards: [0], shardCount: 2 });
    const second = await bot(reply, { shards: [1], shardCount: 2 });
    await first.application.commands.set([ping]);
    const shardOf = (id: string): number => Number((BigInt(id) >> 22n) % 2n);
    expect([...first.guilds.cache.keys()].every((id) => shardOf(id) === 0)).toBe(true);
    expect([...second.guilds.cache.keys()].every((id) => shardOf(id) === 1)).toBe(true);
    expect(first.guilds.cache.size + second.guilds.cache.size).toBe(50);
    expect((await sandbox.as('beta1_manager').in('general', 'beta_server_1').slash('/ping')).content).toBe(
      'pong',
    );
    expect((await sandbox.as('beta2_manager').in('general', 'beta_server_2').slash('/ping')).content).toBe(
      'pong',
    );
  });

  test('of the bot hears of guilds, channels and its own removal', async () => {
    const client = await bot();
    const { id } = sandbox.addGuild({ name: 'new' });
    await expect.poll(() => client.guilds.cache.has(id)).toBe(true);
    sandbox.renameChannel('operations', 'ops');
    sandbox.deleteChannel('dev-team');
    const names = () =>
      client.guilds.cache.get(sandbox.world.staffGuild.id)?.channels.cache.map(({ name }) => name);
    await expect.poll(names).toEqual(['general', 'ops', 'management']);
    sandbox.removeGuild('new');
    await expect.poll(() => client.guilds.cache.has(id)).toBe(false);
  });

  test('hears of messages only with the intent for them, and reads only what it may', async () => {
    const deaf: unknown[] = [];
    const contents: string[] = [];
    const without = await bot();
    without.on(Events.MessageCreate, (message) => deaf.push(message));
    const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages];
    const client = await bot(undefined, { intents });
    client.on(Events.MessageCreate, ({ content }) => contents.push(content));
    const admin = sandbox.as('admin').in('general');
    await admin.say('a secret');
    await admin.say(`<@${sandbox.world.bot.id}> hello`);
    await expect.poll(() => contents).toEqual(['', `<@${sandbox.world.bot.id}> hello`]);
    expect(deaf).toEqual([]);
  });
});

describe('the door', () => {
  const closeCode = (first: unknown, query = '?v=10&encoding=json'): Promise<number> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/gateway${query}`);
      socket.on('message', (data: Buffer) => {
        const { op } = JSON.parse(data.toString()) as { op: number };
        if (op === 10) socket.send(typeof first === 'string' ? first : JSON.stringify(first));
        if (op === 0) reject(new Error('let in'));
      });
      socket.on('close', resolve);
    });
  const identify = (facts: object) => ({
    op: 2,
    d: { token: sandbox.botToken, intents: 1, properties: {}, ...facts },
  });

  test.each([
    ['a wrong token', () => identify({ token: 'wrong' }), 4004],
    ['an intent that does not exist', () => identify({ intents: 2 ** 30 }), 4013],
    ['a privileged intent', () => identify({ intents: 1 << 15 }), 4014],
    ['a shard that does not exist', () => identify({ shard: [2, 2] }), 4010],
    ['a payload before the login', () => ({ op: 3, d: {} }), 4003],
    ['an unknown opcode', () => ({ op: 99, d: {} }), 4001],
    ['no JSON', () => '{', 4002],
  ])('refuses %s', async (_, first, code) => {
    expect(await closeCode(first())).toBe(code);
  });

  test('refuses another version of the API', async () => {
    expect(await closeCode({}, '?v=9&encoding=json')).toBe(4012);
  });

  test('refuses more guilds than one shard may have', async () => {
    const small = await startSandbox({ guildsAShard: 49 });
    const client = new Client({ intents: [], rest: { api: small.apiUrl } });
    await expect(client.login(small.botToken)).rejects.toThrow();
    await client.destroy();
    await small.close();
  });
});
