/** When on-call is called again, to the second, and by whom it is remembered. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readUrgent, urgentKey } from '../../../../src/lib/alerts/escalation/documents.js';
import { AlreadyOnIt, Urgents } from '../../../../src/lib/alerts/escalation/Urgents.js';
import type { Notice } from '../../../../src/lib/alerts/Card.js';
import type { OutboxEntry } from '../../../../src/lib/state/Store.js';
import { Fenced } from '../../../../src/lib/state/errors.js';
import { type House, openHouse } from '../dispatch/house.js';

const second = 1_000;
const minute = 60 * second;
const admin = { id: '42', name: 'admin' };
const fire: Notice = { kind: 'fire', to: 'operations', card: { tone: 'bad', title: 'the house burns' } };

let house: House;
/** The store's own clock. */
let now: number;
beforeEach(async () => {
  house = await openHouse();
  now = house.clock.now();
});
afterEach(() => house.close());

/** As after a restart. */
const urgents = (): Urgents =>
  new Urgents({
    store: {
      commit: house.store.commit.bind(house.store),
      getMany: house.store.getMany.bind(house.store),
      time: () => Promise.resolve(now),
    },
    settings: { everyMs: 10 * minute, times: 3 },
    hasOnCall: true,
  });

const entry = (at: number): OutboxEntry => ({ id: '7-0', seq: 7, commitId: '7F3K2QX0', at, body: null });
const noted = (at = now, room = urgents()) => room.noted(entry(at), fire, house.fence);

async function records() {
  const [document = null] = await house.store.getMany('settings', [urgentKey]);
  return readUrgent(document);
}

async function pings(): Promise<readonly unknown[]> {
  return (await house.store.outbox.pending(100)).map(({ body }) => body);
}

async function turnAt(ms: number): Promise<number | undefined> {
  now += ms;
  return urgents().turn(house.fence);
}

describe('while nobody answers', () => {
  it('on-call is called after ten minutes and twenty, not a second before, and not a fourth time', async () => {
    await noted();
    expect(await turnAt(10 * minute - second)).toBe(second);
    expect(await pings()).toEqual([]);
    expect(await turnAt(second)).toBe(10 * minute);
    expect(await pings()).toMatchObject([
      {
        ...{ kind: 'escalation', to: 'operations', pingOnCall: true },
        card: { title: 'Nobody is on it yet: the house burns' },
      },
    ]);
    await turnAt(10 * minute - second);
    expect(await pings()).toHaveLength(1);
    expect(await turnAt(second)).toBeUndefined();
    expect(JSON.stringify(await pings())).toContain('On-call was pinged 3 times; this was the last.');
    for (let hour = 0; hour < 20; hour++) await turnAt(60 * minute);
    expect(await pings()).toHaveLength(2);
  });

  it('two leaders that look at once call once', async () => {
    await noted();
    now += 10 * minute;
    await Promise.all([urgents().turn(house.fence), urgents().turn(house.fence)]);
    expect(await pings()).toHaveLength(1);
  });

  it('who does not lead any more calls nobody', async () => {
    await noted();
    const old = house.fence;
    await house.takeOver();
    now += 10 * minute;
    await expect(urgents().turn(old)).rejects.toThrow(Fenced);
    await expect(urgents().noted(entry(now), { ...fire, kind: 'flood' }, old)).rejects.toThrow(Fenced);
    expect(await pings()).toEqual([]);
    expect([...(await records()).keys()]).toEqual(['fire']);
  });

  it('the same trouble again is no new one until its last call has been waited for', async () => {
    await noted();
    const { since } = (await records()).get('fire')!;
    for (let call = 0; call < 2; call++) await turnAt(10 * minute);
    now += 10 * minute - second;
    await noted();
    expect((await records()).get('fire')).toMatchObject({ pings: 3, since });
    now += second;
    await noted();
    expect((await records()).get('fire')).toMatchObject({ pings: 1, since: now, nextAt: now + 10 * minute });
  });

  it('it is history after a day', async () => {
    await noted();
    await turnAt(24 * 60 * minute);
    expect((await records()).size).toBe(1);
    const room = urgents();
    now += second;
    await room.turn(house.fence);
    expect((await records()).size).toBe(0);
    await expect(urgents().take('fire', admin)).rejects.toThrow(
      'Nobody waits for an answer to this any more.',
    );
  });
});

describe('somebody who is on it', () => {
  it('is written down, and everybody is told in the same commit', async () => {
    await noted();
    now += minute;
    const taken = { by: '42', name: 'admin', at: now };
    expect(await urgents().take('fire', admin)).toMatchObject({ pings: 1, taken });
    expect(await urgents().takenBy('fire')).toEqual(taken);
    expect(await urgents().takenBy('flood')).toBeNull();
    expect(await pings()).toMatchObject([{ kind: 'on-it', to: 'operations' }]);
    const [entry] = await house.store.audit.read({ limit: 1 });
    expect(entry?.body).toMatchObject({ title: 'On it: the house burns', by: { id: '42' } });
  });

  it('is one person: of two who press at once, one hears that the other is', async () => {
    await noted();
    const presses = [admin, { id: '7', name: 'ada' }].map((who) => urgents().take('fire', who));
    const [one, other] = await Promise.allSettled(presses);
    expect([one?.status, other?.status].sort()).toEqual(['fulfilled', 'rejected']);
    const refused = [one, other].find((each) => each?.status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toBeInstanceOf(AlreadyOnIt);
    expect(await pings()).toHaveLength(1);
  });

  it('is on what was committed before, though it is sent later, and not on what came after', async () => {
    await noted();
    now += minute;
    await urgents().take('fire', admin);
    const before = await records();
    now += second;
    await noted(now - second);
    expect(await records()).toEqual(before);
    await noted();
    expect((await records()).get('fire')).toMatchObject({ taken: null, pings: 1, since: now });
  });

  it('is not called again, however long it takes', async () => {
    await noted();
    await urgents().take('fire', admin);
    for (let call = 0; call < 5; call++) expect(await turnAt(10 * minute)).toBeUndefined();
    expect(await pings()).toHaveLength(1);
  });
});

it('what pings again is no trouble of its own', async () => {
  await urgents().noted(entry(now), { ...fire, kind: 'escalation' }, house.fence);
  expect((await records()).size).toBe(0);
});

it('a storm of urgent notices is one write', async () => {
  const room = urgents();
  for (let nth = 0; nth < 50; nth++) await noted(now, room);
  const [document] = await house.store.getMany('settings', [urgentKey]);
  await noted(now + second, room);
  expect((await house.store.getMany('settings', [urgentKey]))[0]?.v).toBe(document?.v);
});

it('a test alert calls nobody, waits for an answer, and can be answered', async () => {
  const { entry: id, at } = await urgents().tryOut(admin);
  const [sent] = await house.store.outbox.pending(10);
  expect(sent).toMatchObject({ id, body: { kind: 'test-alert', to: 'operations' } });
  expect(sent?.body).not.toHaveProperty('pingOnCall');
  expect(at).toBe(now);
  for (let call = 0; call < 3; call++) await turnAt(10 * minute);
  expect(await pings()).toHaveLength(1);
  expect(await urgents().take('test-alert', admin)).toMatchObject({ taken: { name: 'admin' } });
});

it('records that cannot be read are as if they were not there, and the others stay', async () => {
  await noted();
  const good = { ...(await records()).get('fire')! };
  const damaged = { v: 1, schema: 1, records: { fire: good, flood: { title: 'x' }, wind: null } };
  expect([...readUrgent(damaged as never).keys()]).toEqual(['fire']);
  expect(readUrgent({ v: 1, schema: 1, records: [] }).size).toBe(0);
  expect(readUrgent(null).size).toBe(0);
});
