import {
  DiscordAPIError,
  HTTPError,
  PermissionFlagsBits as Right,
  REST,
  Routes,
  type APIChannel,
  type APIMessage,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';

let sandbox: Sandbox;
let rest: REST;
let operations: string;
let statuses: number[];

beforeEach(async () => {
  statuses = [];
  sandbox = await startSandbox({ onExchange: ({ status }) => statuses.push(status) });
  rest = new REST({ api: sandbox.apiUrl, retries: 2 }).setToken(sandbox.botToken);
  operations = sandbox.world.channel('operations').id;
});

afterEach(() => sandbox.close());

const send = (body: object, channel = operations) =>
  rest.post(Routes.channelMessages(channel), { body }) as Promise<APIMessage>;
/** The code and status of the refusal. */
async function refusal(promise: Promise<unknown>): Promise<[number | string, number]> {
  const error = await promise.then(
    () => new Error('It was not refused.'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof DiscordAPIError) return [error.code, error.status];
  throw error;
}

describe('bad days', () => {
  test('a 429 is waited out by the client, and counted down', async () => {
    sandbox.rest.fail({ method: 'POST', route: /messages$/, status: 429, retryAfterMs: 30, times: 2 });
    expect((await send({ content: 'x' })).content).toBe('x');
    expect(statuses).toEqual([429, 429, 200]);
  });

  test('a 500 is tried again; too many of them are an error', async () => {
    sandbox.rest.fail({ route: /messages$/, status: 500, times: 2 });
    expect((await send({ content: 'x' })).content).toBe('x');
    sandbox.rest.fail({ route: /messages$/, status: 500, times: 9 });
    await expect(send({ content: 'x' })).rejects.toThrow(HTTPError);
    sandbox.rest.heal();
    expect((await send({ content: 'y' })).content).toBe('y');
  });

  test('403 and 404 come with a body, Discord’s usual or one’s own', async () => {
    sandbox.rest.fail({ method: 'POST', route: /messages$/, status: 403 });
    sandbox.rest.fail({
      method: 'POST',
      route: /messages$/,
      status: 404,
      body: { code: 10004, message: 'Unknown Guild' },
    });
    expect(await refusal(send({ content: 'x' }))).toEqual([50001, 403]);
    expect(await refusal(send({ content: 'x' }))).toEqual([10004, 404]);
  });

  test('a paused API answers when it is resumed', async () => {
    sandbox.rest.pause();
    let isDone = false;
    const sent = send({ content: 'x' }).then(() => (isDone = true));
    const other = await fetch(sandbox.url);
    expect([isDone, other.status > 0]).toEqual([false, true]);
    sandbox.rest.resume();
    await sent;
    expect(isDone).toBe(true);
  });

  test('a real limit refuses the request above it and says when to come back', async () => {
    sandbox.rest.limit(/^POST .*messages$/, { limit: 1, perMs: 60_000 });
    const post = () =>
      fetch(`${sandbox.apiUrl}/v10/channels/${operations}/messages`, {
        method: 'POST',
        headers: { authorization: `Bot ${sandbox.botToken}`, 'content-type': 'application/json' },
        body: '{"content":"x"}',
      });
    const first = await post();
    expect(first.headers.get('x-ratelimit-remaining')).toBe('0');
    const second = await post();
    expect(second.status).toBe(429);
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('access', () => {
  test.each([
    ['a wrong token', '/users/@me', 401, 0],
    ['a path that is none', '/nothing', 404, 0],
    ['a method that is none', '/gateway', 405, 0],
  ])('%s is refused', async (_, path, status, code) => {
    const method = status === 405 ? 'DELETE' : 'GET';
    const response = await fetch(`${sandbox.apiUrl}/v10${path}`, {
      method,
      headers: { authorization: 'Bot wrong' },
    });
    expect([response.status, ((await response.json()) as { code: number }).code]).toEqual([status, code]);
  });

  test('what the bot cannot see is 50001, what it may not do there 50013, what is not there 10003', async () => {
    const bot = { user: sandbox.world.bot.name };
    sandbox.world.overwrite('operations', bot, { deny: Right.ViewChannel });
    expect(await refusal(send({ content: 'x' }))).toEqual([50001, 403]);
    sandbox.world.overwrite('operations', bot, { allow: Right.ViewChannel, deny: Right.SendMessages });
    expect(await refusal(send({ content: 'x' }))).toEqual([50013, 403]);
    sandbox.world.overwrite('operations', bot, { allow: Right.ViewChannel, deny: Right.EmbedLinks });
    expect(await refusal(send({ embeds: [{ title: 'x' }] }))).toEqual([50013, 403]);
    expect((await send({ content: 'x' })).content).toBe('x');
    sandbox.deleteChannel('operations');
    expect(await refusal(send({ content: 'x' }))).toEqual([10003, 404]);
  });

  test('people see only the channels and commands that Discord would show them', async () => {
    await expect(sandbox.as('guest').in('operations').messages()).rejects.toThrow('does not see #operations');
    await expect(sandbox.as('oncall').in('management').messages()).rejects.toThrow('does not see');
    expect(await sandbox.as('oncall').in('operations').messages()).toEqual([]);
    const app = sandbox.world.bot.id;
    const body = [
      { name: 'manage', description: 'x', default_member_permissions: '32', contexts: [0] },
      { name: 'all', description: 'x' },
    ];
    await rest.put(Routes.applicationCommands(app), { body });
    await rest.put(Routes.applicationGuildCommands(app, sandbox.world.staffGuild.id), {
      body: [{ name: 'staff', description: 'x' }],
    });
    const offered = (who: string, guild?: string) =>
      sandbox
        .as(who)
        .in('general', guild)
        .commands()
        .map(({ name }) => name);
    expect(offered('beta1_manager', 'beta_server_1')).toEqual(['manage', 'all']);
    expect(offered('member', 'beta_server_1')).toEqual(['all']);
    expect(offered('guest')).toEqual(['staff', 'all']);
    expect(
      sandbox
        .as('guest')
        .in({ dmWithBot: true })
        .commands()
        .map(({ name }) => name),
    ).toEqual(['all']);
  });

  test('direct messages reach their person, and fail where they are closed', async () => {
    const { id } = sandbox.world.user('guest');
    const channel = (await rest.post(Routes.userChannels(), { body: { recipient_id: id } })) as APIChannel;
    await send({ content: 'Hi' }, channel.id);
    expect((await sandbox.as('guest').in({ dmWithBot: true }).messages()).map(({ text }) => text)).toEqual([
      'Hi',
    ]);
    sandbox.closeDirectMessages('guest');
    expect(await refusal(send({ content: 'Hi' }, channel.id))).toEqual([50007, 403]);
  });
});

describe('messages', () => {
  test('the same nonce, enforced, gives the first message again, and is not shown when read back', async () => {
    const body = { content: 'once', nonce: 'abc', enforce_nonce: true };
    const first = await send(body);
    expect((await send(body)).id).toBe(first.id);
    expect((await send({ ...body, nonce: 'other' })).id).not.toBe(first.id);
    const read = (await rest.get(Routes.channelMessage(operations, first.id))) as APIMessage;
    expect([first.nonce, read.nonce]).toEqual(['abc', undefined]);
  });

  test('only those are pinged whom allowed_mentions and the rights let through', async () => {
    const text = `<@${sandbox.world.user('admin').id}> <@&${sandbox.world.role('On-call').id}> @everyone`;
    const ids: string[] = [];
    const onCall = sandbox.world.role('On-call').id;
    for (const allowed_mentions of [
      undefined,
      { parse: [] },
      { parse: [], roles: [onCall] },
      { parse: ['users'] },
    ]) {
      ids.push((await send({ content: text, allowed_mentions })).id);
    }
    const seen = await sandbox.as('admin').in('operations').messages();
    const pinged = ids.map((id) => seen.find((one) => one.id === id)?.pinged);
    expect(pinged).toEqual([['@admin', '@On-call', '@everyone'], [], ['@On-call'], ['@admin']]);
    expect(seen[0]?.text).toBe('@admin @On-call @everyone');
    sandbox.world.overwrite(
      'operations',
      { user: sandbox.world.bot.id },
      { allow: Right.ViewChannel, deny: Right.MentionEveryone },
    );
    await send({ content: text });
    expect((await sandbox.as('admin').in('operations').messages()).at(-1)?.pinged).toEqual(['@admin']);
  });

  test('are listed newest first, before, after and around an id', async () => {
    const ids: string[] = [];
    for (const content of ['a', 'b', 'c', 'd']) ids.push((await send({ content })).id);
    const list = async (query: string): Promise<string> =>
      (
        (await rest.get(Routes.channelMessages(operations), {
          query: new URLSearchParams(query),
        })) as APIMessage[]
      )
        .map(({ content }) => content)
        .join('');
    expect(await list('limit=2')).toBe('dc');
    expect(await list(`before=${ids[2]}`)).toBe('ba');
    expect(await list(`after=${ids[1]}`)).toBe('dc');
    expect(await list(`around=${ids[1]}&limit=3`)).toBe('cba');
    expect(await refusal(list('limit=101'))).toEqual([50035, 400]);
  });

  test('of others cannot be edited, gone ones are unknown', async () => {
    const { id } = await sandbox.as('admin').in('operations').say('mine');
    expect(
      await refusal(rest.patch(Routes.channelMessage(operations, id), { body: { content: 'x' } })),
    ).toEqual([50005, 403]);
    const own = await send({ content: 'x' });
    await rest.delete(Routes.channelMessage(operations, own.id));
    expect(await refusal(rest.get(Routes.channelMessage(operations, own.id)))).toEqual([10008, 404]);
  });

  test('a thread hangs on its message, once', async () => {
    const { id } = await send({ content: 'x' });
    const thread = (await rest.post(Routes.threads(operations, id), {
      body: { name: 'Talk' },
    })) as APIChannel;
    await send({ content: 'inside' }, thread.id);
    expect((await sandbox.as('staff').in('Talk').messages()).map(({ content }) => content)).toEqual([
      'inside',
    ]);
    expect(await refusal(rest.post(Routes.threads(operations, id), { body: { name: 'Again' } }))).toEqual([
      160004, 400,
    ]);
    await expect(sandbox.as('guest').in('Talk').messages()).rejects.toThrow('does not see');
  });
});
