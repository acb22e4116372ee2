import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Urgents } from '../../../../src/lib/alerts/escalation/Urgents.js';
import { asJson } from '../../../../src/lib/alerts/noticeSchema.js';
import { acknowledges } from '../../../../src/lib/alerts/escalation/onItButton.js';
import { rollbackInitiated } from '../../../../src/lib/alerts/wording/rollback.js';
import type { RollbackFacts } from '../../../../src/lib/alerts/wording/rollbackFacts.js';
import type { Json } from '../../../../src/lib/core/Json.js';
import { type House, notice, openHouse } from '../dispatch/house.js';
import { urgentKinds } from './urgentKinds.js';

const minute = 60_000;
const admin = { id: '42', name: 'admin' };
const rollback: RollbackFacts = {
  ...{ id: '7F3KQX00', revision: 1, kind: 'immediate', flag: 'x', trigger: 'other', reason: 'errors' },
  ...{ created: { by: '42', name: 'admin' }, affected: { guilds: 1, members: 2 }, rollouts: [] },
  ...{ pressedAt: 1, offAt: 2, endedAt: null },
};

let house: House;
let urgents: Urgents;

beforeEach(async () => {
  house = await openHouse();
  urgents = another();
});
afterEach(() => house.close());

const another = (hasOnCall = true): Urgents =>
  new Urgents({
    store: { ...bound(), time: async () => house.clock.now() },
    settings: { everyMs: 10 * minute, times: 3 },
    hasOnCall,
  });

const bound = () => ({
  commit: house.store.commit.bind(house.store),
  getMany: house.store.getMany.bind(house.store),
});

const fire = (title = 'the house burns', kind = 'fire'): Json =>
  asJson({ kind, to: 'operations', pingOnCall: true, card: { tone: 'bad', title } });

const called = (trouble: string): Json =>
  asJson({
    ...{ kind: 'fire', to: 'operations', pingOnCall: true, trouble },
    card: { tone: 'bad', title: `${trouble} burns` },
  });
const overNotice = (...over: string[]): Json =>
  asJson({ kind: 'fire', to: 'operations', over, card: { tone: 'good', title: 'It is out' } });

/** Sends what there is, then looks at what is due. */
async function turn(room = urgents): Promise<void> {
  const dispatcher = house.another({ urgents: room });
  await house.work(dispatcher);
  await room.turn(house.fence);
  await house.work(dispatcher);
}

const pings = () =>
  house.discord.standing.filter(({ pingOnCall }) => pingOnCall).map(({ card }) => card.title);

describe('an urgent notice', () => {
  it('calls once, and carries the button by which somebody says that they are on it', async () => {
    await house.commit(fire());
    await turn();
    await turn();
    expect(pings()).toEqual(['the house burns']);
    expect(house.discord.standing[0]?.card.buttons).toEqual([
      { label: 'Acknowledge', style: 'primary', action: 'on-it', args: ['fire'] },
    ]);
  });

  it('calls again after ten minutes without an answer, three times at most', async () => {
    await house.commit(fire());
    await turn();
    for (let minutes = 0; minutes < 60; minutes += 5) {
      house.clock.skip(5 * minute);
      // Whichever process leads: nothing is remembered but the document.
      await turn(another());
    }
    expect(pings()).toHaveLength(3);
    expect(pings()[1]).toBe('Nobody is on it yet: the house burns');
  });

  it('calls nobody again once somebody is on it, which everybody is told', async () => {
    await house.commit(fire());
    await turn();
    await urgents.take('fire', admin);
    house.clock.skip(30 * minute);
    await turn(another());
    expect(pings()).toHaveLength(1);
    expect(house.discord.titles('operations')).toContain('Somebody is on it: the house burns');
    await expect(urgents.take('fire', { id: '7', name: 'late' })).rejects.toThrow('admin is already on it');
  });

  it('what happens after somebody took the last one calls again', async () => {
    await house.commit(fire());
    await turn();
    house.clock.skip(1_000);
    await urgents.take('fire', admin);
    expect(await urgents.takenBy('fire')).toMatchObject({ name: 'admin' });
  });

  it('a hundred of one kind are one trouble: one more call, not a hundred', async () => {
    await house.commit(...Array.from({ length: 20 }, (_, nth) => fire(`fire ${nth}`)));
    await turn();
    house.clock.skip(11 * minute);
    await turn();
    expect(pings().filter((title) => title.startsWith('Nobody'))).toEqual(['Nobody is on it yet: fire 0']);
  });

  it('that is told together with others has one button for each trouble, and for what a repeated call is for', async () => {
    await house.commit(fire('a', 'smoke'), fire('b', 'fire'), fire('c', 'fire'));
    await turn();
    house.clock.skip(11 * minute);
    // The calls for both are repeated, among a storm of others.
    await urgents.turn(house.fence);
    await house.commit(...Array.from({ length: 20 }, (_, nth) => notice(`change ${nth}`)));
    await house.work(house.another({ urgents, messagesAMinute: 1 }));
    const folded = house.discord.standing.find(({ card }) => card.title.includes('at once'));
    const single = house.discord.standing.filter(({ card }) => card.title.startsWith('Nobody is on it'));
    const buttons = [...(folded?.card.buttons ?? []), ...single.flatMap(({ card }) => card.buttons ?? [])];
    expect(buttons.map(({ args }) => args[0]).sort()).toEqual(['fire', 'smoke']);
    for (const kind of ['fire', 'smoke']) await urgents.take(kind, admin);
  });

  it.each(urgentKinds())(
    'of the kind %s calls three times at most, until somebody acknowledges it',
    async (kind) => {
      await house.commit(fire('it is away', kind));
      for (let turns = 0; turns < 8; turns += 1) {
        await turn(another());
        house.clock.skip(5 * minute);
      }
      expect(pings()).toEqual(['it is away', ...Array<string>(2).fill('Nobody is on it yet: it is away')]);
      for (const { card } of house.discord.standing)
        expect(card.buttons?.filter(acknowledges).map(({ args }) => args)).toEqual([[kind]]);

      await house.commit(fire('it is away again', kind));
      await turn();
      await urgents.take(kind, admin);
      house.clock.skip(60 * minute);
      await turn();
      expect(pings().slice(3)).toEqual(['it is away again']);
    },
  );

  it('that has a button of its own for it gets no second one', async () => {
    const card = rollbackInitiated(rollback);
    await house.commit(asJson({ kind: 'rollback', to: 'operations', pingOnCall: true, card }));
    await turn();
    const labels = house.discord.standing[0]?.card.buttons?.map(({ label }) => label);
    expect(labels).toEqual(['Acknowledge', 'Show']);
  });

  it('that is over calls nobody again, and nobody has to answer it', async () => {
    await house.commit(called('A'));
    await turn();
    await house.commit(overNotice('A'));
    await turn(another());
    house.clock.skip(30 * minute);
    await turn(another());
    expect(pings()).toEqual(['A burns']);
    await expect(urgents.take('fire', admin)).rejects.toThrow('Nobody waits for an answer');
  });

  it('goes on calling while another of its kind is not over, or one that has no name', async () => {
    await house.commit(called('A'), called('B'), fire('a third one', 'smoke'));
    await turn();
    await house.commit(overNotice('A', 'smoke'));
    await turn();
    house.clock.skip(10 * minute);
    await turn(another());
    expect(pings().slice(3)).toEqual(['Nobody is on it yet: A burns', 'Nobody is on it yet: a third one']);
    await house.commit(overNotice('B'));
    await turn();
    house.clock.skip(10 * minute);
    await turn(another());
    expect(pings().slice(5)).toEqual(['Nobody is on it yet: a third one']);
  });

  it('that begins anew after it was over calls again', async () => {
    await house.commit(called('A'), overNotice('A'), called('A'));
    await turn();
    house.clock.skip(10 * minute);
    await turn(another());
    expect(pings()).toEqual(['A burns', 'A burns', 'Nobody is on it yet: A burns']);
  });

  it('is over also where it is told together with others', async () => {
    await house.commit(called('A'), ...Array.from({ length: 20 }, (_, nth) => notice(`change ${nth}`)));
    await house.commit(overNotice('A'));
    await house.work(house.another({ urgents, messagesAMinute: 1 }));
    house.clock.skip(10 * minute);
    await turn(another());
    expect(pings().filter((title) => title.startsWith('Nobody'))).toEqual([]);
  });

  it('without an on-call role nobody is waited for', async () => {
    const room = another(false);
    await house.commit(fire());
    await turn(room);
    house.clock.skip(11 * minute);
    await turn(room);
    expect(pings()).toHaveLength(1);
  });
});
