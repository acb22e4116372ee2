/** Notices on their way from the store to people, through discord.js's REST and a local Discord that has bad days. */
import { PermissionFlagsBits, REST } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RestMessenger } from '../../../src/lib/discord/RestMessenger.js';
import { startSandbox, type Exchange, type Sandbox, type Seen } from '../../../src/sandbox/index.js';
import type { Dispatcher } from '../../../src/lib/alerts/dispatch/Dispatcher.js';
import { type House, notice, openHouse, withSettle } from '../alerts/dispatch/house.js';

let sandbox: Sandbox;
let house: House;
let exchanges: Exchange[];
beforeEach(async () => {
  exchanges = [];
  sandbox = await startSandbox({ onExchange: (exchange) => void exchanges.push(exchange) });
  const rest = new REST({ api: sandbox.apiUrl, retries: 0 }).setToken(sandbox.botToken);
  const messenger = new RestMessenger({
    rest,
    staffGuildId: sandbox.world.staffGuild.id,
    channels: { operations: '#operations', 'dev-team': '#dev-team', management: '#management' },
    onCallRoleId: sandbox.world.role('On-call').id,
    clock: { now: () => house.clock.now() },
  });
  house = await openHouse({ messenger });
});
afterEach(async () => {
  await house.close();
  await sandbox.close();
});

const messages = /\/channels\/\d+\/messages$/;
const seen = (channel = 'operations'): Promise<Seen[]> => sandbox.as('admin').in(channel).messages();
const titles = async (channel?: string): Promise<readonly (string | undefined)[]> =>
  (await seen(channel)).map(({ embeds }) => embeds[0]?.title?.replace(/^\S+ /, ''));
const posts = (): readonly Exchange[] =>
  exchanges.filter(({ method, path }) => method === 'POST' && messages.test(path));

it('a notice stands in #operations with its reference, and pings nobody', async () => {
  const { seq, id } = await house.commit(notice('Enable x @everyone'));
  await house.work();
  const [message] = await seen();
  expect(message?.embeds[0]?.footer?.text).toBe(`#${seq}-${id.slice(0, 4)}`);
  expect(message?.pinged).toEqual([]);
});

it('an urgent notice pings the on-call role alone', async () => {
  await house.commit({
    kind: 'test',
    to: 'operations',
    pingOnCall: true,
    card: { tone: 'bad', title: 'Look @everyone' },
  });
  await house.work();
  expect((await seen())[0]?.pinged).toEqual(['@On-call']);
});

describe('on bad days', () => {
  it.each([500, 502, 429])('a %i holds the notice back, and it appears once', async (status) => {
    sandbox.rest.fail({ method: 'POST', route: messages, status, times: 1, retryAfterMs: 20 });
    await house.commit(notice('first'), notice('second'));
    await house.work();
    house.clock.skip(2_000);
    await house.work();
    expect(await titles()).toEqual(['first', 'second']);
  });

  it('a channel where the bot may not write is asked once, and parked', async () => {
    const bot = { user: sandbox.world.bot.id };
    const { ViewChannel, ReadMessageHistory, SendMessages, EmbedLinks } = PermissionFlagsBits;
    const reading = ViewChannel | ReadMessageHistory | EmbedLinks;
    sandbox.world.overwrite('operations', bot, { allow: reading, deny: SendMessages });
    await house.commit(notice('a'), notice('b'), notice('other', 'dev-team'));
    await house.work();
    expect(await titles('dev-team')).toEqual(['other']);
    expect((await house.store.outbox.parked()).map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/may not write there.*50013/),
      expect.stringMatching(/may not write there.*50013/),
    ]);
    expect(posts().filter(({ status }) => status === 403)).toHaveLength(1);
    expect(house.logger.with('parked')).toHaveLength(1);

    sandbox.world.overwrite('operations', bot, { allow: reading | SendMessages });
    await house.work(house.another(), await house.takeOver());
    expect(await titles()).toEqual(['a', 'b']);
  });

  it('a channel that was deleted is parked, and its successor of the same name gets the notices', async () => {
    await house.commit(notice('before'));
    await house.work();
    sandbox.deleteChannel('operations');
    await house.commit(notice('into the void'));
    await house.work();
    expect(await house.store.outbox.parked()).toHaveLength(1);
    sandbox.world.addChannel('operations');
    house.clock.skip(61_000);
    house.dispatcher.unpark();
    await house.work();
    expect(await titles()).toEqual(['into the void']);
  });

  it('a person whose direct messages are closed is given up, and another is told', async () => {
    sandbox.closeDirectMessages('beta1_manager');
    const [closed, open] = ['beta1_manager', 'beta2_manager'].map((name) => sandbox.world.user(name).id);
    const { seq } = await house.commit(
      notice('no', { user: closed ?? '' }),
      notice('yes', { user: open ?? '' }),
    );
    await house.work();
    expect(await house.store.outbox.settlement(`${seq}-0`)).toMatchObject({ status: 'dropped' });
    const direct = await sandbox.as('beta2_manager').in({ dmWithBot: true }).messages();
    expect(direct).toHaveLength(1);
  });

  it('a process that died after sending leaves one message, whether the nonce still holds or not', async () => {
    const dying = (): Dispatcher =>
      house.another({ store: withSettle(house.store, () => new Promise(() => undefined)) });
    await house.commit(notice('once'));
    await dying().turn(house.fence);
    await expect.poll(() => titles()).toEqual(['once']);
    // Within a minute: Discord knows the nonce.
    await dying().turn(await house.takeOver());
    await expect.poll(() => posts().length).toBe(2);
    // After it: the message is found by its reference.
    house.clock.skip(600_000);
    await house.work(house.another(), await house.takeOver());
    expect(posts()).toHaveLength(2);
    expect(await titles()).toEqual(['once']);
    expect(await house.store.outbox.pending(1)).toEqual([]);
  });
});
