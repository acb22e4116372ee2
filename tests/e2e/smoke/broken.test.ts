/** Each smoke test guards against something: broken in that way on purpose, it fails and says what to do. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { container } from '@sapphire/framework';
import { PermissionFlagsBits, Routes, Status, type APIMessage } from 'discord.js';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { tones } from '../../../src/lib/discord/tones.js';
import { Turn } from '../../../src/lib/discord/Turn.js';
import { Unavailable } from '../../../src/lib/state/errors.js';
import { startBot, type RunningBot } from '../../support/bot.js';

let bot: RunningBot;
let endpoint: Server;
let answer: { readonly status: number; readonly isLate?: boolean } = { status: 200 };

beforeAll(async () => {
  endpoint = createServer((_request, response) => {
    if (answer.isLate !== true) response.writeHead(answer.status).end();
  });
  await new Promise<void>((resolve) => void endpoint.listen(0, '127.0.0.1', resolve));
  const { port } = endpoint.address() as AddressInfo;
  bot = await startBot({
    deployments: `
alerts: { messages_a_minute: 10000 }
smoke: { endpoints: [{ name: payments, url: "http://127.0.0.1:${port}/", within: 1s }] }
`,
  });
});

afterAll(async () => {
  await bot.close();
  endpoint.closeAllConnections();
  await new Promise((resolve) => endpoint.close(resolve));
  expect(bot.violations).toEqual([]);
});

/** Everything that a test of this file broke is mended after it. */
const mends: (() => void)[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const mend of mends.splice(0)) mend();
});

/** Takes a right from the bot in a channel, and leaves it the others. */
function deny(channel: string, right: bigint): void {
  const { world } = bot.sandbox;
  const user = bot.client.user?.id ?? '';
  const { allow = 0n, deny: denied = 0n } = world.channel(channel).overwrites.get(user) ?? {};
  world.overwrite(channel, { user }, { allow: allow & ~right, deny: denied | right });
  mends.push(() => world.overwrite(channel, { user }, { allow, deny: denied }));
}

const run = (name: string) => bot.rollouts.smoke.run(name);
const failed = async (name: string): Promise<string> => {
  const { verdict, sentence } = await run(name);
  expect(verdict).toBe('failed');
  // Whoever reads it at night is told what was found and what to do, in sentences.
  expect(sentence).toMatch(/^[A-Z#a-z/].*[.]$/s);
  expect(sentence).not.toMatch(/undefined|\[object|NaN/);
  return sentence;
};

it('all six pass before anything is broken, and after all is mended', { timeout: 60_000 }, async () => {
  for (const name of ['gateway', 'state-store', 'commands', 'permissions', 'external-apis', 'logging'])
    expect(await run(name)).toMatchObject({ verdict: 'passed' });
});

describe('gateway', () => {
  it('fails where a shard of this process is not connected', async () => {
    const shard = bot.client.ws.shards.first();
    if (shard === undefined) throw new Error('There is no shard.');
    shard.status = Status.Reconnecting;
    mends.push(() => (shard.status = Status.Ready));
    expect(await failed('gateway')).toContain(
      'shard 0 is connected: It is Reconnecting. If it stays so, restart this process.',
    );
  });

  it('fails where a shard of the release is served by nobody', async () => {
    const { presence } = bot.rollouts;
    const [own] = await presence.living();
    if (own === undefined) throw new Error('This process is not there.');
    vi.spyOn(presence, 'living').mockResolvedValue([{ ...own, shardCount: 2, shards: [0] }]);
    expect(await failed('gateway')).toContain(
      'every shard of this release is served: Only these are: 0/2. Start the processes that are missing.',
    );
  });
});

describe('state-store', () => {
  it('fails where the store is away, with what that means', async () => {
    const away = new Unavailable('The state store does not answer.', 'none');
    vi.spyOn(bot.rollouts.store, 'commit').mockRejectedValue(away);
    expect(await failed('state-store')).toBe(
      'The state store does not answer. Flags keep their last value meanwhile. Try again in a minute.',
    );
  });

  it('fails where what was written is not there, or cannot be deleted', async () => {
    vi.spyOn(bot.rollouts.store, 'getMany').mockResolvedValue([null]);
    expect(await failed('state-store')).toContain('what is written is read back: Something else was read');
    const kept = { v: 1, schema: 1, marked: 'x' };
    vi.spyOn(bot.rollouts.store, 'getMany').mockResolvedValue([kept]);
    expect(await failed('state-store')).toContain('what is deleted is gone: It could be read after');
  });

  it("fails where the server's settings put data at risk", async () => {
    const health = await bot.rollouts.store.health();
    const warning = 'appendonly is off: a crash loses everything. Set appendonly yes.';
    vi.spyOn(bot.rollouts.store, 'health').mockResolvedValue({ ...health, warnings: [warning] });
    expect(await failed('state-store')).toContain(`its settings keep data safe: ${warning}`);
  });
});

describe('permissions', () => {
  /** Neither the precondition nor the command looks at who asks any more. */
  const letEverybodyIn = (): void => {
    for (const name of ['RolloutStaff', 'RolloutAdmin']) {
      const piece = container.stores.get('preconditions').get(name);
      if (piece?.chatInputRun === undefined) throw new Error(`There is no precondition ${name}.`);
      vi.spyOn(piece, 'chatInputRun').mockReturnValue(piece.ok());
    }
    vi.spyOn(Turn.prototype, 'require').mockReturnValue();
  };

  it('fails where a stranger is let in, and changes nothing by finding that out', async () => {
    letEverybodyIn();
    const before = (await bot.rollouts.store.audit.read({ limit: 1 }))[0]?.id;
    const sentence = await failed('permissions');
    expect(sentence).toContain('somebody with no role is refused /feature list: It was answered.');
    expect(sentence).toContain('Look at ROLLOUT_ADMIN_ROLE_IDS and ROLLOUT_STAFF_ROLE_IDS');
    const { findings } = await run('permissions');
    const letIn = findings.filter(({ ok }) => !ok).map(({ what }) => what);
    expect(letIn).toContain("another guild's owner is refused /deploy history");
    // Refused, but not for who asked: a stranger came as far as a mistake in the name.
    expect(findings.find(({ what }) => what.endsWith('/feature kill'))?.detail).toContain(
      'It was let in; only then it was told',
    );
    expect((await bot.rollouts.store.audit.read({ limit: 1 }))[0]?.id).toBe(before);
  });

  it('passes where one of both still looks: two locks on one door', async () => {
    vi.spyOn(Turn.prototype, 'require').mockReturnValue();
    expect(await run('permissions')).toMatchObject({ verdict: 'passed' });
  });

  it.each([
    ['operations', 'SendMessagesInThreads', 'Send Messages in Threads'],
    ['operations', 'CreatePublicThreads', 'Create Public Threads'],
    ['dev-team', 'AttachFiles', 'Attach Files'],
    ['management', 'EmbedLinks', 'Embed Links'],
    ['management', 'ReadMessageHistory', 'Read Message History'],
    ['dev-team', 'SendMessages', 'Send Messages'],
  ] as const)('fails where the bot lacks a right in #%s: %s', async (channel, right, named) => {
    deny(channel, PermissionFlagsBits[right]);
    expect(await failed('permissions')).toContain(
      `the bot may write in #${channel}: It lacks ${named}. Give it these there.`,
    );
  });

  it('fails where the bot cannot even see a channel, and says what it needs', async () => {
    deny('operations', PermissionFlagsBits.ViewChannel);
    expect(await failed('permissions')).toContain(
      'the bot may write in #operations: The bot may not write there; give it View Channel, Send Messages',
    );
  });

  it('fails where a channel is not there', async () => {
    bot.sandbox.world.renameChannel('management', 'bosses');
    mends.push(() => bot.sandbox.world.renameChannel('bosses', 'management'));
    expect(await failed('permissions')).toContain('The staff guild has no channel #management');
  });

  it('fails where on-call cannot be pinged, or there is no such role', async () => {
    const { staff } = bot.rollouts.config;
    const { onCallRoleId } = staff;
    mends.push(() => Object.assign(staff, { onCallRoleId }));
    deny('operations', PermissionFlagsBits.MentionEveryone);
    expect(await failed('permissions')).toContain('@On-call is not mentionable. Make it so, or give the bot');
    Object.assign(staff, { onCallRoleId: '123456789012345678' });
    expect(await failed('permissions')).toContain(
      'The staff guild has no such role. Correct ONCALL_ROLE_ID.',
    );
  });
});

describe('external-apis', () => {
  it.each([
    [{ status: 503 }, /payments answers: It answered 503 after \d+ ms, 200 was expected\. Look at it/],
    [{ status: 200, isLate: true }, /payments answers: It did not answer within 1000 ms\./],
  ])('fails where an endpoint does not do as it should: %j', async (given, said) => {
    answer = given;
    mends.push(() => (answer = { status: 200 }));
    expect(await failed('external-apis')).toMatch(said);
  });

  it('fails where hardly any start of the bot is left today', async () => {
    const limit = { total: 1_000, remaining: 3, reset_after: 3_600_000, max_concurrency: 1 };
    vi.spyOn(bot.client.rest, 'get').mockResolvedValue({ session_start_limit: limit });
    expect(await failed('external-apis')).toContain(
      'Only 3 of 1000 are left today. Do not restart the bot until tomorrow.',
    );
  });

  it('fails where Discord does not answer', async () => {
    bot.sandbox.rest.fail({ method: 'GET', route: /gateway\/bot$/, status: 503, times: 10 });
    mends.push(() => bot.sandbox.rest.heal());
    expect(await failed('external-apis')).toContain("Discord's REST answers:");
  });
});

describe('logging', () => {
  it('fails where a line does not reach its sink', { timeout: 20_000 }, async () => {
    vi.spyOn(container.logger, 'write').mockReturnValue();
    expect(await failed('logging')).toContain(
      'a marked log line arrives at the sink: It did not arrive within 2 s. Look at where the log goes',
    );
  });

  it('fails where nothing is logged at all', async () => {
    vi.spyOn(container.logger, 'has').mockReturnValue(false);
    expect(await failed('logging')).toContain('Nothing is logged at any level. Set LOG_LEVEL to info.');
  });

  it('fails where /metrics stands still', async () => {
    vi.spyOn(bot.rollouts.metrics.smokeProbes, 'inc').mockReturnValue();
    expect(await failed('logging')).toMatch(
      /\/metrics shows the counter that was just moved: .* was \d+ and is \d+/,
    );
  });

  it('fails where an alert channel cannot be written to', async () => {
    deny('dev-team', PermissionFlagsBits.SendMessages);
    expect(await failed('logging')).toContain('#dev-team can be written to: The bot may not write there');
  });
});

describe('consistency', () => {
  it('fails where a message of the bot in a staff channel is not as everything it says', async () => {
    const channel = bot.sandbox.world.channel('management').id;
    const post = (embed: object) =>
      bot.client.rest.post(Routes.channelMessages(channel), { body: { embeds: [embed] } });
    await post({ title: '✅ TypeError: x is undefined', color: tones.good.colour });
    expect(await run('consistency')).toMatchObject({ verdict: 'passed' });
    const odd = (await post({ title: 'Look here', color: 1 })) as APIMessage;
    expect(await failed('consistency')).toContain(
      'what was written in #management looks as everything does: Look here: its colour is none of ours.',
    );
    await bot.client.rest.delete(Routes.channelMessage(channel, odd.id));
  });
});

it('all is mended again', { timeout: 60_000 }, async () => {
  for (const name of ['gateway', 'state-store', 'permissions', 'external-apis', 'logging'])
    expect(await run(name)).toMatchObject({ verdict: 'passed' });
});
