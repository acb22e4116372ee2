import { beforeEach, expect, it } from 'vitest';
import type { LiveMessage } from '../../../../src/lib/alerts/live/LiveMessage.js';
import { LiveMessages } from '../../../../src/lib/alerts/live/LiveMessages.js';
import { Undeliverable } from '../../../../src/lib/alerts/Messenger.js';
import type { DocumentBody, Fence, StoredDocument } from '../../../../src/lib/state/Store.js';
import { ListLogger } from '../dispatch/house.js';
import { FakeLiveDiscord } from './FakeLiveDiscord.js';

const minute = 60_000;
let now: number;
let discord: FakeLiveDiscord;
let logger: ListLogger;
let document: StoredDocument | null;
let commits: number;
/** Fails the next commits, as a process that dies before it can note down what it wrote. */
let dies: boolean;
let shown: LiveMessage<string>[];
let live: LiveMessages<string>;

const fence = (token = 1): Fence => ({ lease: 'control', token });

function process(): LiveMessages<string> {
  return new LiveMessages<string>({
    store: { getMany: async () => [document] },
    commit: async (_fence, expected, next: DocumentBody) => {
      expect(expected).toBe(document?.v ?? 0);
      if (dies) throw new Error('died');
      commits += 1;
      document = { ...next, v: commits };
      return { seq: commits };
    },
    messenger: discord,
    to: 'operations',
    shown: async (known) => shown.filter(({ key, isFinal }) => !isFinal || known.includes(key)),
    clock: { now: () => now },
    logger,
  });
}

function rollout(
  change: Partial<LiveMessage<string>> & { readonly news?: readonly string[] } = {},
): LiveMessage<string> {
  const { news = [], ...rest } = change;
  const digest = change.digest ?? 'one';
  return {
    key: 'R1',
    digest,
    mark: 'running',
    isFinal: false,
    thread: {
      name: 'news',
      news: news.map((title, index) => ({ n: index + 1, card: { tone: 'info', title } })),
    },
    draw: async () => `R1 ${digest}`,
    ...rest,
  };
}

const contents = () => discord.messages.map(({ content }) => content);

beforeEach(() => {
  now = 1_000_000;
  discord = new FakeLiveDiscord();
  logger = new ListLogger();
  document = null;
  commits = 0;
  dies = false;
  shown = [rollout()];
  live = process();
});

it('one message a subject, however often it is looked at', async () => {
  for (let turn = 0; turn < 3; turn += 1) await live.turn(fence());
  expect(contents()).toEqual(['R1 one']);
  expect(commits).toBe(1);
});

it('one that cannot be drawn holds no other back, and is tried again later', async () => {
  let isBroken = true;
  const draw = async (): Promise<string> => {
    if (isBroken) throw new TypeError('no such field');
    return 'R0 one';
  };
  shown = [rollout({ key: 'R0', draw }), rollout()];
  for (let turn = 0; turn < 3; turn += 1) await live.turn(fence());
  expect(contents()).toEqual(['R1 one']);
  expect(logger.lines.filter((line) => line.includes('R0 makes this program fail'))).toHaveLength(1);
  isBroken = false;
  now += 11 * minute;
  await live.turn(fence());
  expect(contents()).toEqual(['R1 one', 'R0 one']);
});

it('edits it in place when something else should be shown, and coalesces what comes fast', async () => {
  await live.turn(fence());
  shown = [rollout({ digest: 'two' })];
  await live.turn(fence());
  shown = [rollout({ digest: 'three' })];
  now += 5_000;
  await live.turn(fence());
  await live.turn(fence());
  expect(discord.messages[0]?.edits).toEqual(['R1 three']);
});

it('edits a message that is older than an hour every ten minutes at most, and only when it changed', async () => {
  await live.turn(fence());
  now += 61 * minute;
  for (let step = 1; step <= 60; step += 1) {
    now += 30_000;
    shown = [rollout({ digest: `at ${step}` })];
    await live.turn(fence());
  }
  expect(discord.messages[0]?.edits.length).toBeGreaterThanOrEqual(3);
  expect(discord.messages[0]?.edits.length).toBeLessThanOrEqual(4);
  const { length } = discord.messages[0]?.edits ?? [];
  now += 60 * minute;
  await live.turn(fence());
  now += 60 * minute;
  await live.turn(fence());
  expect(discord.messages[0]?.edits.length).toBeLessThanOrEqual((length ?? 0) + 1);
});

it('shows what people must see at once without waiting for that', async () => {
  await live.turn(fence());
  now += 120 * minute;
  shown = [rollout({ digest: 'two' })];
  await live.turn(fence());
  now += 20_000;
  shown = [rollout({ digest: 'three', mark: 'paused' })];
  await live.turn(fence());
  expect(contents()).toEqual(['R1 three']);
});

it('a message that a person deleted comes back as a new one', async () => {
  await live.turn(fence());
  discord.messages.length = 0;
  shown = [rollout({ digest: 'two' })];
  now += 5_000;
  await live.turn(fence());
  expect(contents()).toEqual(['R1 two']);
});

it('also where nothing changed since, within ten minutes', async () => {
  await live.turn(fence());
  discord.messages.length = 0;
  now += 10 * minute;
  await live.turn(fence());
  expect(contents()).toEqual(['R1 one']);
});

it('tells each news once and in order, in the thread of the message', async () => {
  shown = [rollout({ news: ['started', 'went on'] })];
  await live.turn(fence());
  await live.turn(fence());
  shown = [rollout({ news: ['started', 'went on', 'paused'] })];
  await live.turn(fence());
  expect(discord.threads.get('1')).toEqual(['R1.1 started', 'R1.2 went on', 'R1.3 paused']);
});

it('a thread that a person deleted is replaced, and only what is new is told there', async () => {
  shown = [rollout({ news: ['started'] })];
  await live.turn(fence());
  discord.threads.clear();
  shown = [rollout({ news: ['started', 'went on'] })];
  await live.turn(fence());
  expect([...discord.threads.values()]).toEqual([['R1.2 went on']]);
});

it('a process that died before it could note down what it wrote is replaced by one that finds it', async () => {
  shown = [rollout({ news: ['started'] })];
  dies = true;
  await expect(live.turn(fence())).rejects.toThrow('died');
  expect(contents()).toEqual(['R1 one']);
  dies = false;
  // Nonces are forgotten by now.
  discord.messages.forEach((message) => Object.assign(message, { nonce: '' }));
  const next = process();
  await next.turn(fence(2));
  expect(contents()).toEqual(['R1 one']);
  expect(discord.threads.get('1')).toEqual(['R1.1 started']);
});

it('news that was posted and not noted down is not told again', async () => {
  shown = [rollout({ news: ['started'] })];
  await live.turn(fence());
  shown = [rollout({ news: ['started', 'went on'] })];
  dies = true;
  await expect(live.turn(fence())).rejects.toThrow('died');
  dies = false;
  await process().turn(fence(2));
  expect(discord.threads.get('1')).toEqual(['R1.1 started', 'R1.2 went on']);
});

it('a channel that is gone is told of once and left alone for ten minutes', async () => {
  discord.fault = (call) => (call === 'resolve' ? new Undeliverable('No such channel.', 'park') : undefined);
  shown = [rollout(), rollout({ key: 'R2' })];
  for (let turn = 0; turn < 20; turn += 1) {
    await live.turn(fence());
    now += 10_000;
  }
  expect(logger.with('No such channel.')).toHaveLength(1);
  discord.fault = () => undefined;
  now += 10 * minute;
  await live.turn(fence());
  expect(discord.messages).toHaveLength(2);
});

it('one message that Discord does not take keeps no other waiting', async () => {
  const bad = rollout({
    key: 'bad',
    draw: () => Promise.reject(new Undeliverable('Too long.', 'park', { fault: 'message' })),
  });
  shown = [bad, rollout()];
  await live.turn(fence());
  expect(contents()).toEqual(['R1 one']);
  expect(logger.with('Too long.')).toHaveLength(1);
});

it('one that is final is written a last time and then forgotten', async () => {
  await live.turn(fence());
  shown = [rollout({ digest: 'over', mark: 'completed', isFinal: true, news: ['completed'] })];
  now += 5_000;
  await live.turn(fence());
  expect(contents()).toEqual(['R1 over']);
  expect(discord.threads.get('1')).toEqual(['R1.1 completed']);
  expect(document?.messages).toEqual({});
  discord.messages.length = 0;
  now += 60 * minute;
  await live.turn(fence());
  expect(discord.messages).toEqual([]);
});
