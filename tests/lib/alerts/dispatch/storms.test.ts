import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Undeliverable } from '../../../../src/lib/alerts/Messenger.js';
import { asJson } from '../../../../src/lib/alerts/noticeSchema.js';
import type { Json } from '../../../../src/lib/core/Json.js';
import { type House, notice, openHouse } from './house.js';

let house: House;
beforeEach(async () => {
  house = await openHouse({ messagesAMinute: 3 });
});
afterEach(() => house.close());

const many = (amount: number, from = 0): Json[] =>
  Array.from({ length: amount }, (_, number) => notice(`change ${from + number}`));

const urgent = (title: string): Json =>
  asJson({ kind: 'fire', to: 'operations', pingOnCall: true, card: { tone: 'bad', title } });

const titles = () => house.discord.titles('operations');

describe('a storm', () => {
  it('below the limit every notice stands alone', async () => {
    await house.commit(...many(3));
    await house.work();
    expect(titles()).toEqual(['change 0', 'change 1', 'change 2']);
  });

  it('beyond it all that waits is one message with a count, and is settled as told by it', async () => {
    const { seq } = await house.commit(...many(100));
    await house.work();
    expect(titles()).toEqual(['change 0', 'change 1', 'change 2', '97 notices at once: 97 × test']);
    expect(await house.store.outbox.pending(10)).toEqual([]);
    const last = house.discord.standing.at(-1);
    expect(await house.store.outbox.settlement(`${seq}-99`)).toMatchObject({ messageId: last?.messageId });
  });

  it('what comes then waits a quarter of a minute, and what comes a minute later stands alone again', async () => {
    await house.commit(...many(10));
    await house.work();
    await house.commit(...many(5, 10));
    await house.work();
    expect(titles()).toHaveLength(4);
    house.clock.skip(15_000);
    await house.work();
    expect(titles().at(-1)).toBe('5 notices at once: 5 × test');
    house.clock.skip(60_000);
    await house.commit(notice('later'));
    await house.work();
    expect(titles().at(-1)).toBe('later');
  });

  it('an urgent one among them calls on-call by the message that tells all, in the gravest tone', async () => {
    await house.commit(...many(20), urgent('the house burns'), ...many(3, 20));
    await house.work();
    const last = house.discord.standing.at(-1);
    expect(last).toMatchObject({ pingOnCall: true, card: { tone: 'bad' } });
    expect(JSON.stringify(last?.card)).toContain('the house burns');
  });

  it('an urgent one does not wait as long as those that wait already', async () => {
    await house.commit(...many(10));
    await house.work();
    house.clock.skip(2_000);
    await house.commit(...many(5, 10));
    await house.work();
    house.clock.skip(2_000);
    await house.commit(urgent('the house burns'));
    await house.work();
    expect(titles()).toHaveLength(4);
    house.clock.skip(6_000);
    await house.work();
    expect(house.discord.standing.at(-1)).toMatchObject({ pingOnCall: true });
    expect(titles()).toHaveLength(5);
  });

  it('a notice with a file is sent by itself, since nothing can stand for it', async () => {
    const file = { name: 'receipt-1.json', text: '{}' };
    const receipt = asJson({
      kind: 'rollback',
      to: 'operations',
      file,
      card: { tone: 'good', title: 'done' },
    });
    await house.commit(...many(10), receipt);
    await house.work();
    expect(titles()).toContain('done');
    expect(house.discord.standing.at(-1)?.file).toEqual(file);
  });

  it('a channel that takes nothing any more parks all of them, and tells them when it does again', async () => {
    await house.commit(...many(3));
    await house.work();
    house.discord.fault = () => new Undeliverable('Missing Permissions', 'park');
    await house.commit(...many(40, 3));
    await house.work();
    expect(await house.store.outbox.parked()).toHaveLength(40);
    house.discord.fault = () => undefined;
    house.clock.skip(120_000);
    await house.commit(notice('afterwards'));
    for (let turn = 0; turn < 3; turn += 1) await house.work();
    house.clock.skip(60_000);
    for (let turn = 0; turn < 3; turn += 1) await house.work();
    expect(await house.store.outbox.parked()).toEqual([]);
    expect(titles().some((title) => title.includes('notices at once'))).toBe(true);
  });

  it('another channel is not held back', async () => {
    await house.commit(...many(50), notice('elsewhere', 'dev-team'));
    await house.work();
    expect(house.discord.titles('dev-team')).toEqual(['elsewhere']);
  });

  it('while it lasts nothing stands alone, so that a long one is a message every quarter of a minute', async () => {
    const limited = house.another({ messagesAMinute: 12 });
    const began = house.clock.now();
    for (let second = 0; second < 120; second += 4) {
      await house.commit(...many(60, second * 15));
      await house.work(limited);
      house.clock.skip(4_000);
    }
    house.clock.skip(15_000);
    await house.work(limited);
    const quarters = Math.ceil((house.clock.now() - began) / 15_000);
    expect(titles().length).toBeLessThanOrEqual(12 + quarters);
    const told = titles().map((title) =>
      Number(/^([\d,]+) notices/.exec(title)?.[1]?.replaceAll(',', '') ?? 1),
    );
    expect(told.reduce((sum, amount) => sum + amount, 0)).toBe(1_800);
  }, 120_000);
});
