/** discord.js's own REST, with Discord's answers written here. */
import { REST, type RESTOptions } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/lib/alerts/Card.js';
import { Undeliverable } from '../../../src/lib/alerts/Messenger.js';
import { RestMessenger, type RestMessengerOptions } from '../../../src/lib/discord/RestMessenger.js';

interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> };

const self = { id: '900' };
const card: Card = { tone: 'info', title: 'new_greeting: 25 %', body: '@everyone [x](https://x)' };
const outgoing = { card, nonce: '12-0-7F3KQX00', reference: '#12-7F3K', pingOnCall: false };

let asked: Request[];
let answer: (request: Request) => Answer | Error;
beforeEach(() => {
  asked = [];
  answer = () => ({ status: 404, body: { code: 0, message: '404: Not Found' } });
});

function messenger(
  options: Partial<RestMessengerOptions> = {},
  rest: Partial<RESTOptions> = {},
): RestMessenger {
  const makeRequest: RESTOptions['makeRequest'] = async (url, init) => {
    const { pathname, searchParams } = new URL(url);
    const request = {
      method: init.method ?? 'GET',
      path: pathname.replace('/api/v10', ''),
      query: searchParams,
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as Request['body']) : undefined,
    };
    asked.push(request);
    const given = answer(request);
    if (given instanceof Error) throw given;
    const headers = { 'content-type': 'application/json', ...given.headers };
    return new Response(JSON.stringify(given.body), { status: given.status, headers });
  };
  return new RestMessenger({
    rest: new REST({ retries: 0, makeRequest, ...rest }).setToken('token'),
    staffGuildId: '100',
    channels: { operations: '#operations', 'dev-team': '#dev-team', management: '555' },
    clock: { now: () => 0 },
    ...options,
  });
}

const ok = (body: unknown): Answer => ({ status: 200, body });

/** The error that a promise ends in. */
async function faultOf(promise: Promise<unknown>): Promise<Undeliverable> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Undeliverable);
  return error as Undeliverable;
}

describe('where a notice goes', () => {
  const channels = [
    { id: '1', type: 4, name: 'operations' },
    { id: '2', type: 0, name: 'operations' },
    { id: '3', type: 0, name: 'general' },
  ];

  it('a #name is the text channel of the staff guild that bears it, asked for once in a while', async () => {
    answer = () => ok(channels);
    let now = 0;
    const one = messenger({ clock: { now: () => now } });
    expect(await Promise.all([one.resolve('operations'), one.resolve('operations')])).toEqual(['2', '2']);
    expect(asked.map(({ path }) => path)).toEqual(['/guilds/100/channels']);
    now += 31_000;
    await one.resolve('operations');
    expect(asked).toHaveLength(2);
  });

  it('a channel that was renamed stays the one that is meant, and each notice in it says what to set', async () => {
    let list = channels;
    answer = ({ method }) => ok(method === 'GET' ? list : { id: '9', channel_id: '2' });
    let now = 0;
    const one = messenger({ clock: { now: () => now } });
    await one.resolve('operations');
    list = channels.map((channel) => (channel.id === '2' ? { ...channel, name: 'ops-live' } : channel));
    now += 31_000;
    expect(await one.resolve('operations')).toBe('2');
    const card = { tone: 'info', title: 'News' } as const;
    await one.send('2', { card, nonce: 'n', reference: 'r', pingOnCall: false });
    expect(JSON.stringify(asked.at(-1)?.body)).toContain('This channel was #operations');
    list = [...list, { id: '4', type: 0, name: 'operations' }];
    now += 31_000;
    expect(await one.resolve('operations')).toBe('4');
  });

  it('ids are taken as they are', async () => {
    const one = messenger();
    expect(await one.resolve('management')).toBe('555');
    expect(await one.resolve({ channel: '777' })).toBe('777');
    expect(asked).toEqual([]);
  });

  it('a #name that no channel bears is parked, and says what to do', async () => {
    answer = () => ok(channels);
    const fault = await faultOf(messenger().resolve('dev-team'));
    expect(fault.fate).toBe('park');
    expect(fault.message).toMatch(/no channel #dev-team .* create it/);
  });

  it.each([
    [403, 50001],
    [404, 10004],
  ])('a staff guild that the bot is not in (%i, %i) is parked, and named', async (status, code) => {
    answer = () => ({ status, body: { code, message: 'No' } });
    const fault = await faultOf(messenger().resolve('operations'));
    expect(fault.fate).toBe('park');
    expect(fault.message).toMatch(/not in the staff guild 100; invite it/);
  });

  it('a list of channels that could not be had is asked for again', async () => {
    answer = () => ({ status: 500, body: {} });
    const one = messenger();
    expect((await faultOf(one.resolve('operations'))).fate).toBe('retry');
    answer = () => ok(channels);
    expect(await one.resolve('operations')).toBe('2');
  });

  it("a person's direct messages are opened first", async () => {
    answer = () => ok({ id: '42', type: 1 });
    expect(await messenger().resolve({ user: '7' })).toBe('42');
    expect(asked[0]).toMatchObject({ path: '/users/@me/channels', body: { recipient_id: '7' } });
  });
});

describe('what is sent', () => {
  it('carries nonce, reference and closed mentions', async () => {
    answer = () => ok({ id: '8', channel_id: '2' });
    const sent = await messenger({ onCallRoleId: '31' }).send('2', outgoing);
    expect(sent).toEqual({ channelId: '2', messageId: '8' });
    expect(asked[0]).toMatchObject({
      method: 'POST',
      path: '/channels/2/messages',
      body: {
        nonce: '12-0-7F3KQX00',
        enforce_nonce: true,
        allowed_mentions: { parse: [] },
        embeds: [{ footer: { text: '#12-7F3K' } }],
      },
    });
    expect(asked[0]?.body).not.toHaveProperty('content');
  });

  it('links to the card that it is about, where that stands somewhere', async () => {
    answer = () => ok({ id: '9', channel_id: '2' });
    const message = { guild: '100000000000000001', channel: '100000000000000002', id: '100000000000000003' };
    const one = messenger({ linkTo: async ({ id }) => (id === 'HERE' ? [{ message }] : undefined) });
    const notice = {
      card: { tone: 'info', title: 'News' },
      nonce: 'n',
      reference: 'r',
      pingOnCall: false,
    } as const;
    await one.send('2', { ...notice, about: { id: 'HERE' } });
    await one.send('2', { ...notice, about: { id: 'GONE' } });
    const [linked, alone] = asked.map(({ body }) => JSON.stringify(body));
    expect(linked).toContain('discord.com/channels/100000000000000001/100000000000000002/100000000000000003');
    expect(alone).not.toContain('"Card"');
  });

  it('pings the on-call role and nobody else, where it is to', async () => {
    answer = () => ok({ id: '8', channel_id: '2' });
    await messenger({ onCallRoleId: '31' }).send('2', { ...outgoing, pingOnCall: true });
    await messenger().send('2', { ...outgoing, pingOnCall: true });
    expect(asked[0]?.body).toMatchObject({
      content: '<@&31>',
      allowed_mentions: { parse: [], roles: ['31'] },
    });
    expect(asked[1]?.body).toMatchObject({ allowed_mentions: { parse: [] } });
    expect(asked[1]?.body).not.toHaveProperty('content');
  });

  it('pings those who may approve where it is to, and a role that is also on call once', async () => {
    answer = () => ok({ id: '8', channel_id: '2' });
    const both = messenger({ onCallRoleId: '31', approverRoleIds: ['31', '32'] });
    await both.send('2', { ...outgoing, pingApprovers: true });
    await both.send('2', { ...outgoing, pingOnCall: true, pingApprovers: true });
    await both.send('2', outgoing);
    const pings = { content: '<@&31> <@&32>', allowed_mentions: { parse: [], roles: ['31', '32'] } };
    expect(asked[0]?.body).toMatchObject(pings);
    expect(asked[1]?.body).toMatchObject(pings);
    expect(asked[2]?.body).not.toHaveProperty('content');
  });
});

describe('what a failure means', () => {
  const failing = async (given: Answer | Error): Promise<Undeliverable> => {
    answer = () => given;
    return faultOf(messenger().send('2', outgoing));
  };
  const discord = (status: number, code: number, message: string): Answer => ({
    status,
    body: { code, message },
  });

  it.each([
    [403, 50001, 'Missing Access', 'park', 'channel'],
    [403, 50013, 'Missing Permissions', 'park', 'channel'],
    [404, 10003, 'Unknown Channel', 'park', 'channel'],
    [400, 50035, 'Invalid Form Body', 'park', 'message'],
    [403, 50007, 'Cannot send messages to this user', 'drop', 'channel'],
    [403, 50278, 'No mutual guilds', 'drop', 'channel'],
    [401, 0, '401: Unauthorized', 'retry', 'channel'],
  ] as const)('%i with code %i (%s): %s, by fault of the %s', async (status, code, message, fate, fault) => {
    expect(await failing(discord(status, code, message))).toMatchObject({ fate, fault });
  });

  it('a server error, a cut connection and a timeout are tried again', async () => {
    const timeout = new Error('The operation was aborted');
    timeout.name = 'AbortError';
    for (const trouble of [discord(502, 0, 'Bad Gateway'), new TypeError('fetch failed'), timeout]) {
      expect((await failing(trouble)).fate).toBe('retry');
    }
  });

  it('a rate limit that discord.js does not wait for is waited for as long as Discord asks', async () => {
    answer = () => ({
      status: 429,
      body: { message: 'You are being rate limited.', retry_after: 2.5, global: false },
      headers: { 'retry-after': '2.5', 'x-ratelimit-scope': 'user' },
    });
    const fault = await faultOf(messenger({}, { rejectOnRateLimit: () => true }).send('2', outgoing));
    expect(fault.fate).toBe('retry');
    expect(fault.afterMs).toBeGreaterThanOrEqual(2_500);
  });

  it('a token that is not valid is not tried again soon', async () => {
    expect((await failing(discord(401, 0, '401: Unauthorized'))).afterMs).toBeGreaterThanOrEqual(60_000);
  });

  it('a channel that refused is looked up anew', async () => {
    const one = messenger();
    answer = () => ok([{ id: '2', type: 0, name: 'operations' }]);
    await one.resolve('operations');
    answer = () => discord(404, 10003, 'Unknown Channel');
    await faultOf(one.send('2', outgoing));
    answer = () => ok([{ id: '9', type: 0, name: 'operations' }]);
    expect(await one.resolve('operations')).toBe('9');
  });
});

describe('looking for a message', () => {
  const epoch = 1_420_070_400_000;
  const idAt = (at: number): string => String(BigInt(at - epoch) << 22n);
  const since = 1_800_000_000_000;

  /** A channel as Discord pages it: newest first, `limit` of those before or after an id. */
  function channelOf(messages: readonly { id: string; author: string; footer?: string }[]): void {
    answer = ({ path, query }) => {
      if (path === '/users/@me') return ok(self);
      const [before, after] = [query.get('before'), query.get('after')];
      const limit = Number(query.get('limit'));
      const ids = [...messages].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1));
      const within = ids.filter(
        ({ id }) =>
          (before === null || BigInt(id) < BigInt(before)) && (after === null || BigInt(id) > BigInt(after)),
      );
      const page = after === null ? within.slice(0, limit) : within.slice(-limit);
      return ok(
        page.map(({ id, author, footer }) => ({
          id,
          channel_id: '2',
          author: { id: author },
          embeds: footer === undefined ? [] : [{ footer: { text: footer } }],
        })),
      );
    };
  }

  const chatter = (count: number, from: number): { id: string; author: string; footer?: string }[] =>
    Array.from({ length: count }, (_, number) => ({ id: idAt(from + number * 1_000), author: '5' }));

  it('finds its own one with the reference in the footer', async () => {
    channelOf([...chatter(5, since), { id: idAt(since + 99), author: self.id, footer: 'notice #12-7F3K' }]);
    expect(await messenger().find('2', '#12-7F3K', since)).toEqual({
      channelId: '2',
      messageId: idAt(since + 99),
    });
  });

  it("takes neither another's words nor a longer reference for it", async () => {
    channelOf([
      { id: idAt(since + 1), author: '5', footer: '#12-7F3K' },
      { id: idAt(since + 2), author: self.id, footer: '#12-7F3KX' },
      { id: idAt(since + 3), author: self.id, footer: '#112-7F3K' },
    ]);
    expect(await messenger().find('2', '#12-7F3K', since)).toBeUndefined();
  });

  it('reads back no further than the time it was sent at the earliest', async () => {
    channelOf(chatter(1_000, since - 10_000_000));
    expect(await messenger().find('2', '#12-7F3K', since)).toBeUndefined();
    expect(asked.filter(({ path }) => path.endsWith('/messages'))).toHaveLength(1);
  });

  it('in a busy channel finds one that was sent long ago, and one that was sent just now', async () => {
    const busy = chatter(3_000, since + 1_000);
    channelOf([...busy, { id: idAt(since + 1), author: self.id, footer: '#12-7F3K' }]);
    expect((await messenger().find('2', '#12-7F3K', since))?.messageId).toBe(idAt(since + 1));
    const last = { id: idAt(since + 9_000_000), author: self.id, footer: '#12-7F3K' };
    channelOf([...busy, last]);
    expect((await messenger().find('2', '#12-7F3K', since))?.messageId).toBe(last.id);
  });

  it('asks a bounded number of times, however busy the channel is', async () => {
    channelOf(chatter(3_000, since + 1_000));
    expect(await messenger().find('2', '#12-7F3K', since)).toBeUndefined();
    expect(asked.filter(({ path }) => path.endsWith('/messages')).length).toBeLessThanOrEqual(10);
  });

  it('a channel that may not be read is parked', async () => {
    answer = ({ path }) =>
      path === '/users/@me' ? ok(self) : { status: 403, body: { code: 50001, message: 'Missing Access' } };
    expect((await faultOf(messenger().find('2', '#12-7F3K', since))).fate).toBe('park');
  });
});
