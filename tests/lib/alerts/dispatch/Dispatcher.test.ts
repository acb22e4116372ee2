import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Undeliverable } from '../../../../src/lib/alerts/Messenger.js';
import { Fenced, Unavailable } from '../../../../src/lib/state/errors.js';
import { type House, notice, openHouse, withSettle } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const closed = new Undeliverable('Missing Permissions', 'park');
const later = new Undeliverable('Discord answered 500.', 'retry');

describe('in order', () => {
  it('notices of one channel arrive in commit order', async () => {
    const titles = Array.from({ length: 30 }, (_, number) => `change ${number}`);
    for (const title of titles) await house.commit(notice(title));
    await house.work();
    expect(house.discord.titles('operations')).toEqual(titles);
    expect(await house.store.outbox.pending(10)).toEqual([]);
  });

  it('notices of one commit arrive in the order in which it lists them', async () => {
    await house.commit(notice('a'), notice('b'), notice('c'));
    await house.work();
    expect(house.discord.titles('operations')).toEqual(['a', 'b', 'c']);
  });

  it('two destinations that are one channel keep commit order', async () => {
    await house.commit(notice('first', 'dev-team'));
    await house.commit(notice('second', { channel: '77' }));
    await house.commit(notice('third', 'dev-team'));
    const oneChannel = house.another({
      messenger: {
        resolve: async () => '77',
        send: (channelId, message) => house.discord.send(channelId, message),
        find: (channelId, name, since) => house.discord.find(channelId, name, since),
      },
    });
    await house.work(oneChannel);
    expect(house.discord.titles('77')).toEqual(['first', 'second', 'third']);
  });

  it('a channel that must wait holds back only itself', async () => {
    house.discord.fault = (channelId) => (channelId === 'operations' ? later : undefined);
    await house.commit(notice('held'), notice('also held'), notice('free', 'dev-team'));
    await house.work();
    expect(house.discord.titles('dev-team')).toEqual(['free']);
    expect(house.discord.attempts).toBe(2);
    house.discord.fault = () => undefined;
    house.clock.skip(1_000);
    await house.work();
    expect(house.discord.titles('operations')).toEqual(['held', 'also held']);
  });

  it('a channel whose request hangs holds back only itself', async () => {
    let release = (): void => undefined;
    const hanging = new Promise<void>((resolve) => (release = resolve));
    house.discord.pace = (channelId) => (channelId === 'operations' ? hanging : Promise.resolve());
    await house.commit(notice('slow'));
    await house.dispatcher.turn(house.fence);
    await house.commit(notice('quick', 'dev-team'));
    await house.dispatcher.turn(house.fence);
    await expect.poll(() => house.discord.titles('dev-team')).toEqual(['quick']);
    expect(house.discord.titles('operations')).toEqual([]);
    release();
    await house.dispatcher.idle();
    expect(house.discord.titles('operations')).toEqual(['slow']);
  });
});

describe('exactly once', () => {
  it('a process that dies between sending and writing it down leaves one message', async () => {
    await house.commit(notice('once'));
    const dying = house.another({ store: withSettle(house.store, () => new Promise(() => undefined)) });
    await dying.turn(house.fence);
    await expect.poll(() => house.discord.titles('operations')).toEqual(['once']);
    await house.work(house.another(), await house.takeOver());
    expect(house.discord.titles('operations')).toEqual(['once']);
    expect(house.discord.attempts).toBe(2);
  });

  it('an entry older than a minute is looked for before it is sent', async () => {
    await house.commit(notice('once'));
    const dying = house.another({ store: withSettle(house.store, () => new Promise(() => undefined)) });
    await dying.turn(house.fence);
    await expect.poll(() => house.discord.titles('operations')).toEqual(['once']);
    house.clock.skip(600_000);
    await house.work(house.another(), await house.takeOver());
    expect(house.discord.titles('operations')).toEqual(['once']);
    expect(house.discord.attempts).toBe(1);
    expect(house.discord.finds).toHaveLength(1);
  });

  it('a young entry is not looked for', async () => {
    await house.commit(notice('young'));
    await house.work();
    expect(house.discord.finds).toEqual([]);
  });

  it('a store that cannot write down what was sent is asked again, and Discord is not', async () => {
    await house.commit(notice('once'), notice('next'));
    let faults = 2;
    const flaky = house.another({
      store: withSettle(house.store, async (...settled) => {
        if (faults-- > 0) throw new Unavailable('The store does not answer.', 'unknown');
        await house.store.outbox.settle(...settled);
      }),
    });
    for (let turn = 0; turn < 3; turn += 1) {
      await house.work(flaky);
      house.clock.skip(10_000);
    }
    expect(house.discord.titles('operations')).toEqual(['once', 'next']);
    expect(house.discord.attempts).toBe(2);
  });

  it('what became of it is written down with the message', async () => {
    const { seq } = await house.commit(notice('once'));
    await house.work();
    expect(await house.store.outbox.settlement(`${seq}-0`)).toEqual({
      status: 'sent',
      channelId: 'operations',
      messageId: '1',
    });
  });

  it('the nonce fits Discord and the reference names commit and notice', async () => {
    const { seq, id } = await house.commit(notice('first'), notice('second'));
    await house.work();
    const [first, second] = house.discord.standing;
    expect(first?.reference).toBe(`#${seq}-${id.slice(0, 4)}`);
    expect(second?.reference).toBe(`#${seq}.1-${id.slice(0, 4)}`);
    expect(first?.nonce).not.toBe(second?.nonce);
    for (const { nonce } of house.discord.standing) expect(nonce.length).toBeLessThanOrEqual(25);
  });
});

describe('when another leads', () => {
  it('a token that is not the newest lets nothing out', async () => {
    await house.commit(notice('one'), notice('two'), notice('elsewhere', 'dev-team'));
    await house.takeOver();
    await expect(house.dispatcher.turn(house.fence)).rejects.toThrow(Fenced);
    await house.dispatcher.idle();
    expect(house.discord.attempts).toBe(0);
  });

  it('a refused settlement lets nothing out after the message in flight', async () => {
    await house.commit(notice('one'), notice('two'), notice('three'));
    let hasLost = false;
    house.discord.pace = async () => {
      if (!hasLost) await house.takeOver();
      hasLost = true;
    };
    await house.work();
    expect(house.discord.titles('operations')).toEqual(['one']);
    await expect(house.dispatcher.turn(house.fence)).rejects.toThrow(Fenced);
    expect(await house.store.outbox.pending(10)).toHaveLength(3);
  });

  it('at rest nothing goes out, and a later leadership goes on', async () => {
    await house.work();
    await house.dispatcher.rest();
    await house.commit(notice('later'));
    await house.dispatcher.idle();
    expect(house.discord.attempts).toBe(0);
    await house.work(house.dispatcher, await house.takeOver());
    expect(house.discord.titles('operations')).toEqual(['later']);
  });
});

describe('what cannot be delivered', () => {
  it('a forbidden channel is asked once, parked, and logged in one line', async () => {
    house.discord.fault = () => closed;
    await house.commit(notice('a'), notice('b'));
    await house.commit(notice('c'));
    await house.work();
    house.clock.skip(30_000);
    await house.commit(notice('d'));
    await house.work();
    expect(house.discord.attempts).toBe(1);
    expect(house.logger.with('parked')).toHaveLength(1);
    const parked = await house.store.outbox.parked();
    expect(parked.map(({ reason }) => reason)).toEqual(Array(4).fill('Missing Permissions'));
  });

  it('a channel that is missing is asked for once, parked, and logged in one line', async () => {
    house.discord.unknown = () => new Undeliverable('No channel #operations', 'park');
    await house.commit(notice('a'), notice('b'));
    await house.work();
    expect(house.logger.with('parked')).toHaveLength(1);
    expect(await house.store.outbox.parked()).toHaveLength(2);
  });

  it('after a minute a new notice tries again, and brings back what was parked if it gets through', async () => {
    house.discord.fault = () => closed;
    await house.commit(notice('a'), notice('b'));
    await house.work();
    house.clock.skip(61_000);
    await house.commit(notice('still closed'));
    await house.work();
    expect(house.discord.attempts).toBe(2);
    expect(house.logger.with('parked')).toHaveLength(1);
    house.discord.fault = () => undefined;
    house.clock.skip(61_000);
    await house.commit(notice('open'));
    await house.work();
    await house.work();
    expect(house.discord.titles('operations')).toEqual(['open', 'a', 'b', 'still closed']);
    expect(await house.store.outbox.parked()).toEqual([]);
  });

  it('a new leadership tries parked notices once more, with one request a channel', async () => {
    house.discord.fault = () => closed;
    await house.commit(notice('a'), notice('b'), notice('c'));
    await house.work();
    await house.work(house.another(), await house.takeOver());
    expect(house.discord.attempts).toBe(2);
    house.discord.fault = () => undefined;
    await house.work(house.another(), await house.takeOver());
    expect(house.discord.titles('operations')).toEqual(['a', 'b', 'c']);
  });

  it('asking for another try works at most once a minute', async () => {
    house.discord.unknown = () => new Undeliverable('No channel #operations', 'park');
    await house.commit(notice('a'));
    await house.work();
    house.discord.unknown = () => undefined;
    house.dispatcher.unpark();
    await house.work();
    expect(house.discord.attempts).toBe(0);
    house.clock.skip(61_000);
    await house.work();
    expect(house.discord.titles('operations')).toEqual(['a']);
  });

  it('a message that Discord does not take is parked alone', async () => {
    const unfit = new Undeliverable('Invalid Form Body', 'park', { fault: 'message' });
    house.discord.fault = (_, { card }) => (card.title === 'unfit' ? unfit : undefined);
    await house.commit(notice('a'), notice('unfit'), notice('b'));
    await house.work();
    expect(house.discord.titles('operations')).toEqual(['a', 'b']);
    expect(await house.store.outbox.parked()).toHaveLength(1);
  });

  it('closed direct messages are dropped, and the next person is told', async () => {
    house.discord.fault = (channelId) =>
      channelId === 'dm-1' ? new Undeliverable('Cannot send messages to this user', 'drop') : undefined;
    const { seq } = await house.commit(notice('to 1', { user: '1' }), notice('to 2', { user: '2' }));
    await house.work();
    expect(house.discord.titles('dm-2')).toEqual(['to 2']);
    expect(await house.store.outbox.settlement(`${seq}-0`)).toEqual({
      status: 'dropped',
      reason: 'Cannot send messages to this user',
    });
  });

  it('a damaged body is parked and named, and the rest goes out', async () => {
    const { seq } = await house.commit(
      { kind: 'test', to: 'nowhere', card: {} },
      'not even an object',
      { kind: 'constructor' },
      notice('sound'),
    );
    await house.work(house.another({ expansions: {} }));
    expect(house.discord.titles('operations')).toEqual(['sound']);
    const parked = await house.store.outbox.parked();
    expect(parked.map(({ id }) => id)).toEqual([0, 1, 2].map((index) => `${seq}-${index}`));
    expect(parked.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^damaged: to:/),
      expect.stringMatching(/^damaged: body:/),
      expect.stringMatching(/^damaged: to:/),
    ]);
    expect(house.logger.with(`(${seq}-0)`)).toHaveLength(1);
  });

  it('a notice that makes this program fail is parked after five tries, with its stack in the log', async () => {
    house.discord.fault = (_, { card }) => (card.title === 'poison' ? new TypeError('broken') : undefined);
    await house.commit(notice('poison'), notice('next'));
    for (let turn = 0; turn < 6; turn += 1) {
      await house.work();
      house.clock.skip(400_000);
    }
    expect(house.discord.titles('operations')).toEqual(['next']);
    expect(house.logger.with('TypeError: broken')).toHaveLength(5);
    expect(await house.store.outbox.parked()).toHaveLength(1);
  });
});

describe('retries', () => {
  it('wait longer each time, and no shorter than Discord asks', async () => {
    house.discord.fault = () => later;
    await house.commit(notice('a'));
    await house.work();
    const waits: number[] = [];
    for (const step of [700, 800, 1_500, 3_000]) {
      house.clock.skip(step);
      await house.work();
      waits.push(house.discord.attempts);
    }
    // Half by chance: 0.75 s, 1.5 s, 3 s, 6 s.
    expect(waits).toEqual([1, 2, 3, 4]);
    house.discord.fault = () =>
      new Undeliverable('Discord asks us to slow down.', 'retry', { afterMs: 60_000 });
    house.clock.skip(6_000);
    await house.work();
    house.clock.skip(50_000);
    await house.work();
    expect(house.discord.attempts).toBe(5);
    house.discord.fault = () => undefined;
    house.clock.skip(11_000);
    await house.work();
    expect(house.discord.titles('operations')).toEqual(['a']);
  });

  it('of one trouble are logged once, and its end too', async () => {
    house.discord.fault = () => later;
    await house.commit(notice('a'));
    for (let turn = 0; turn < 4; turn += 1) {
      await house.work();
      house.clock.skip(400_000);
    }
    house.discord.fault = () => undefined;
    await house.work();
    expect(house.logger.with('warn')).toHaveLength(1);
    expect(house.logger.with('go on')).toHaveLength(1);
  });
});

it("a button's {entry} becomes the id of the commit's first audit entry", async () => {
  const undo = { label: 'Undo', style: 'secondary', action: 'undo', args: ['{entry}', 'plain'] } as const;
  const { seq } = await house.commit(notice('first'), notice('second', 'operations', [undo]));
  await house.work();
  expect(house.discord.standing[1]?.card.buttons?.[0]?.args).toEqual([`${seq}-0`, 'plain']);
});

it('more entries than are taken up at a time all arrive', async () => {
  for (let index = 0; index < 5; index += 1) {
    await house.commit(...Array.from({ length: 100 }, (_, number) => notice(`${index}/${number}`)));
  }
  for (let turn = 0; turn < 3; turn += 1) await house.work();
  expect(house.discord.titles('operations')).toHaveLength(500);
});

describe('kinds that stand for many notices', () => {
  it('are handed to their expansion and settled after it', async () => {
    const expanded: string[] = [];
    const worker = house.another({
      expansions: { 'beta-fanout': async ({ id }) => void expanded.push(id) },
    });
    const { seq } = await house.commit({ kind: 'beta-fanout', flag: 'x' });
    await house.work(worker);
    await house.work(worker);
    expect(expanded).toEqual([`${seq}-0`]);
    expect(await house.store.outbox.settlement(`${seq}-0`)).toEqual({ status: 'expanded' });
  });

  it('that fail are tried again', async () => {
    let calls = 0;
    const worker = house.another({
      expansions: {
        'beta-fanout': async () => {
          calls += 1;
          if (calls === 1) throw new Unavailable('The store does not answer.', 'none');
        },
      },
    });
    await house.commit({ kind: 'beta-fanout', flag: 'x' });
    await house.work(worker);
    house.clock.skip(1_000);
    await house.work(worker);
    expect(calls).toBe(2);
    expect(await house.store.outbox.pending(10)).toEqual([]);
  });
});
