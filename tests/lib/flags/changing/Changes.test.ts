import { describe, expect, it } from 'vitest';
import { TooLate, Unavailable } from '../../../../src/lib/state/errors.js';
import type { Commit, CommitReceipt, Store } from '../../../../src/lib/state/Store.js';
import { ada, grace, guildId, guildsNamed, Room } from '../room.js';

/** A store whose commits may go astray. */
function faulty(commit: (real: Store, commit: Commit) => Promise<CommitReceipt>, more: Partial<Store> = {}) {
  return (real: Store): Store =>
    new Proxy(real, {
      get: (target, name: keyof Store) => {
        if (name === 'commit') return (one: Commit) => commit(real, one);
        if (name in more) return more[name];
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
}

describe('confirmation', () => {
  it('is asked for more than a quarter of all guilds, shows whom it reaches, and is not asked below', async () => {
    const room = await Room.open();
    await room.create('greeting');
    const request = { by: ada, change: { do: 'enable', flag: 'greeting', basisPoints: 6_000 } } as const;
    const outcome = await room.flags.change(request);
    expect(outcome.status).toBe('confirm');
    expect(room.on('greeting')).toEqual([]);
    expect(outcome.proposal.blast.outOf).toBe(40);
    const done = await room.flags.change({ ...request, confirmed: outcome.proposal });
    expect(done.status).toBe('done');
    const on = room.on('greeting');
    expect(on).toHaveLength(outcome.proposal.blast.guilds);
    const members = room.flags.directory.all
      .filter(({ id }) => on.includes(id))
      .reduce((sum, one) => sum + one.members, 0);
    expect(outcome.proposal.blast.members).toBe(members);
    const little = await room.flags.change({ by: ada, change: { ...request.change, basisPoints: 6_500 } });
    expect(little.status).toBe('done');
  });

  it('is asked for everyone, however few are newly on', async () => {
    const room = await Room.open();
    await room.create('greeting');
    for (const { id } of room.flags.directory.all.slice(1)) {
      await room.done({ do: 'allow', flag: 'greeting', guild: id });
    }
    const outcome = await room.flags.change({ by: ada, change: { do: 'enable', flag: 'greeting' } });
    expect(outcome).toMatchObject({ status: 'confirm', proposal: { blast: { guilds: 1 } } });
  });

  it.each([
    { do: 'kill', flag: 'greeting' },
    { do: 'disable', flag: 'greeting' },
    { do: 'archive', flag: 'greeting' },
    { do: 'enable', flag: 'greeting', basisPoints: 1 },
    { do: 'kill-all' },
  ] as const)('is never asked for narrowing: %o', async (change) => {
    const room = await Room.open();
    await room.create('greeting');
    await room.done({ do: 'enable', flag: 'greeting' });
    const outcome = await room.flags.change({ by: ada, change });
    expect(outcome.status).toBe('done');
    expect(outcome.proposal.blast).toMatchObject({ guilds: 0 });
    expect(outcome.proposal.blast.guildsOff).toBeGreaterThan(38);
  });

  it('is asked for releasing the switch of everything', async () => {
    const room = await Room.open();
    await room.create('greeting');
    await room.done({ do: 'enable', flag: 'greeting' });
    await room.done({ do: 'kill-all' });
    const outcome = await room.flags.change({ by: ada, change: { do: 'unkill-all' } });
    expect(outcome).toMatchObject({ status: 'confirm', proposal: { blast: { guilds: 40 } } });
  });

  it('is refused where the flag changed meanwhile, saying what changed', async () => {
    const room = await Room.open();
    await room.create('greeting');
    const request = { by: ada, change: { do: 'enable', flag: 'greeting' } } as const;
    const { proposal } = await room.flags.change(request);
    await room.done({ do: 'enable', flag: 'greeting', basisPoints: 100 }, grace);
    await expect(room.flags.change({ ...request, confirmed: proposal })).rejects.toMatchObject({
      code: 'STALE_CONFIRMATION',
      message: expect.stringContaining('percentage: 0 % → 1 % by Grace') as string,
    });
    expect(room.flags.flag('greeting').basisPoints).toBe(100);
  });

  it('is not shaken by a change of another flag', async () => {
    const room = await Room.open();
    await room.create('greeting', 'other');
    const request = { by: ada, change: { do: 'enable', flag: 'greeting' } } as const;
    const { proposal } = await room.flags.change(request);
    await room.done({ do: 'kill', flag: 'other' }, grace);
    expect((await room.flags.change({ ...request, confirmed: proposal })).status).toBe('done');
  });
});

describe('two people at once', () => {
  it('on one flag: one wins, the other is shown what it is now and who did it', async () => {
    const room = await Room.open();
    await room.create('greeting');
    const change = (basisPoints: number, by: typeof ada) =>
      room.flags.change({ change: { do: 'enable', flag: 'greeting', basisPoints }, by });
    const [first, second] = await Promise.allSettled([change(100, ada), change(200, grace)]);
    const [won, lost] = first.status === 'fulfilled' ? [first, second] : [second, first];
    expect(won).toMatchObject({ status: 'fulfilled', value: { status: 'done' } });
    const name = first.status === 'fulfilled' ? 'Ada' : 'Grace';
    expect(lost).toMatchObject({
      status: 'rejected',
      reason: { code: 'CHANGED_MEANWHILE', message: expect.stringContaining(`by ${name}`) as string },
    });
  });

  it('on different flags of one guild: both are done, and nothing is lost', async () => {
    const room = await Room.open();
    const flags = ['a', 'b', 'c', 'd', 'e'];
    await room.create(...flags);
    const outcomes = await Promise.all(
      flags.map((flag) => room.flags.change({ change: { do: 'allow', flag, guild: guildId(1) }, by: ada })),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(flags.map(() => 'done'));
    expect(Object.keys(room.flags.guild(guildId(1))?.entries ?? {}).sort()).toEqual(flags);
  });

  it('closing a circle of prerequisites from two ends: one is refused', async () => {
    const room = await Room.open();
    await room.create('a', 'b');
    const edits = await Promise.allSettled([
      room.do({ do: 'edit', flag: 'a', facts: { requires: ['b'] } }),
      room.do({ do: 'edit', flag: 'b', facts: { requires: ['a'] } }),
    ]);
    expect(edits.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('with a store that fails', () => {
  it('"nothing happened" is said at once, as the store says it', async () => {
    const away = new Unavailable(
      'The state store is away. Nothing was changed, and nothing will be.',
      'none',
    );
    let isAway = false;
    const room = await Room.open({
      wrap: faulty((real, commit) => (isAway ? Promise.reject(away) : real.commit(commit))),
    });
    await room.create('greeting');
    isAway = true;
    await expect(room.do({ do: 'kill', flag: 'greeting' })).rejects.toBe(away);
    expect(room.flags.flag('greeting').killed).toBeNull();
  });

  it('a commit whose answer was lost is looked up, and found done', async () => {
    const unknown = new Unavailable('no answer', 'unknown');
    let loses = false;
    const room = await Room.open({
      wrap: faulty(async (real, commit) => {
        const receipt = await real.commit(commit);
        if (loses) throw unknown;
        return receipt;
      }),
    });
    await room.create('greeting');
    loses = true;
    const outcome = await room.do({ do: 'kill', flag: 'greeting' });
    if (outcome.status !== 'checking') throw new Error(outcome.status);
    expect(await outcome.settled).toMatchObject({ status: 'done' });
    expect(room.flags.flag('greeting').killed).not.toBeNull();
  });

  it('a commit that never arrived is called refused only once its deadline has passed by the store’s clock', async () => {
    const unknown = new Unavailable('no answer', 'unknown');
    let astray = false;
    let time = 0;
    const asked: number[] = [];
    const room = await Room.open({
      wrap: faulty((real, commit) => (astray ? Promise.reject(unknown) : real.commit(commit)), {
        time: async () => {
          if (astray) asked.push(time);
          if (asked.length % 3 === 1) throw unknown;
          return (time += 500);
        },
      }),
      wait: async () => undefined,
    });
    time = Date.now();
    await room.flags.tick();
    await room.create('greeting');
    astray = true;
    const began = time;
    const outcome = await room.do({ do: 'kill', flag: 'greeting' });
    if (outcome.status !== 'checking') throw new Error(outcome.status);
    const settled = await outcome.settled;
    expect(settled).toMatchObject({
      status: 'refused',
      message: expect.stringContaining('nothing will be') as string,
    });
    expect(time - began).toBeGreaterThan(1_400);
    expect(room.flags.flag('greeting').killed).toBeNull();
  });

  it('a commit that comes too late is refused', async () => {
    let isLate = false;
    const late = new TooLate('Too late: nothing was changed.');
    const room = await Room.open({
      wrap: faulty((real, commit) => (isLate ? Promise.reject(late) : real.commit(commit))),
    });
    await room.create('greeting');
    isLate = true;
    await expect(room.do({ do: 'kill', flag: 'greeting' })).rejects.toBe(late);
  });

  it('closing ends the wait for an answer without claiming one', async () => {
    let astray = false;
    const room = await Room.open({
      wrap: faulty((real, commit) =>
        astray ? Promise.reject(new Unavailable('no answer', 'unknown')) : real.commit(commit),
      ),
    });
    await room.create('greeting');
    astray = true;
    const outcome = await room.do({ do: 'kill', flag: 'greeting' });
    if (outcome.status !== 'checking') throw new Error(outcome.status);
    room.flags.close();
    expect(await outcome.settled).toMatchObject({ status: 'unknown' });
  });

  it('what is damaged in the store is named, refused and left alone; other flags go on', async () => {
    const room = await Room.open();
    await room.create('greeting', 'other');
    const damaged = { v: 0, schema: 1, key: 'greeting', enabled: 'yes' };
    room.flags.follower.commits([
      {
        seq: 99,
        id: 'x',
        at: 0,
        documents: [{ ns: 'flags', key: 'greeting', document: { ...damaged, v: 99 } }],
      },
    ]);
    expect(room.flags.damaged()).toMatchObject([{ ns: 'flags', key: 'greeting' }]);
    await expect(room.do({ do: 'kill', flag: 'greeting' })).rejects.toMatchObject({ code: 'DAMAGED' });
    await room.done({ do: 'kill', flag: 'other' });
  });
});

describe('two processes', () => {
  it('a change in one is served by the other, and the directory is the union of both', async () => {
    const one = await Room.open({ guilds: guildsNamed(10) });
    const other = await Room.open({ guilds: guildsNamed(10), dataDir: one.directory });
    await one.create('greeting');
    await one.done({ do: 'enable', flag: 'greeting' });
    await expect.poll(() => other.flags.isEnabled('greeting', guildId(3)), { timeout: 5_000 }).toBe(true);
  });

  it('an undo pressed before the feed has brought the change is no stale one', async () => {
    const one = await Room.open();
    const other = await Room.open({ dataDir: one.directory });
    await one.create('greeting');
    const { entry } = await one.done({ do: 'enable', flag: 'greeting', basisPoints: 1 });
    await other.done({ do: 'undo', entry });
    expect(other.flags.flag('greeting').basisPoints).toBe(0);
  });
});
