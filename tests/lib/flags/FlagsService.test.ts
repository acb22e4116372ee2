import { describe, expect, it } from 'vitest';
import { ada, grace, guildId, Room } from './room.js';

describe('what the commands mean', () => {
  it('a new flag is enabled at 0 %: on for nobody', async () => {
    const room = await Room.open();
    await room.create('greeting');
    expect(room.flags.flag('greeting')).toMatchObject({ enabled: true, basisPoints: 0 });
    expect(room.on('greeting')).toEqual([]);
  });

  it('enable alone is for everyone, and in direct messages too', async () => {
    const room = await Room.open();
    await room.create('greeting');
    await room.done({ do: 'enable', flag: 'greeting' });
    expect(room.on('greeting')).toHaveLength(40);
    expect(room.flags.isEnabled('greeting')).toBe(true);
    await room.done({ do: 'enable', flag: 'greeting', basisPoints: 9_999 });
    expect(room.flags.isEnabled('greeting')).toBe(false);
  });

  it('an allow wakes a disabled flag at 0 %, on only there, and says so', async () => {
    const room = await Room.open();
    await room.create('greeting');
    await room.done({ do: 'enable', flag: 'greeting' });
    await room.done({ do: 'disable', flag: 'greeting' });
    const { proposal } = await room.done({ do: 'allow', flag: 'greeting', guild: guildId(3) });
    expect(room.on('greeting')).toEqual([guildId(3)]);
    expect(proposal.notes).toContain(
      'It was disabled; it is now enabled at 0 %, on only where it is allowed.',
    );
  });

  it('deny takes one guild out, clear brings it back', async () => {
    const room = await Room.open();
    await room.create('greeting');
    await room.done({ do: 'enable', flag: 'greeting' });
    await room.done({ do: 'deny', flag: 'greeting', guild: guildId(3) });
    expect(room.on('greeting')).not.toContain(guildId(3));
    expect(room.on('greeting')).toHaveLength(39);
    await room.done({ do: 'clear', flag: 'greeting', guild: guildId(3) });
    expect(room.on('greeting')).toHaveLength(40);
  });

  it('kill beats every setting until unkill', async () => {
    const room = await Room.open();
    await room.create('greeting');
    await room.done({ do: 'enable', flag: 'greeting' });
    await room.done({ do: 'kill', flag: 'greeting' });
    await room.done({ do: 'allow', flag: 'greeting', guild: guildId(1) });
    expect(room.on('greeting')).toEqual([]);
    await room.done({ do: 'unkill', flag: 'greeting' });
    expect(room.on('greeting')).toHaveLength(40);
  });

  it('restore brings an archived flag back disabled', async () => {
    const room = await Room.open();
    await room.create('greeting');
    await room.done({ do: 'enable', flag: 'greeting' });
    await room.done({ do: 'archive', flag: 'greeting' });
    expect(room.flags.isEnabled('greeting', guildId(1), true)).toBe(true);
    expect(room.flags.list()).toEqual([]);
    expect(room.flags.list({ state: 'archived' })).toHaveLength(1);
    await room.done({ do: 'restore', flag: 'greeting' });
    expect(room.flags.flag('greeting')).toMatchObject({
      enabled: false,
      archived: null,
      basisPoints: 10_000,
    });
  });

  it('everything off beats every flag, and its undo brings all back', async () => {
    const room = await Room.open();
    await room.create('greeting');
    await room.done({ do: 'enable', flag: 'greeting' });
    const { entry } = await room.done({ do: 'kill-all' });
    expect(room.on('greeting')).toEqual([]);
    expect(room.flags.switchedOff()?.by).toBe(ada.id);
    expect((await room.outbox()).at(-1)?.card.title).toBe('Everything is off');
    await room.done({ do: 'undo', entry });
    expect(room.on('greeting')).toHaveLength(40);
  });

  it('everything off is told where a rollback of everything is, calls on-call once, and is over where it is on again', async () => {
    const room = await Room.open();
    await room.create('greeting');
    await room.done({ do: 'enable', flag: 'greeting' });
    const before = (await room.outbox()).length;
    await room.done({ do: 'kill-all' });
    await room.done({ do: 'unkill-all' });
    const told = (await room.store.outbox.pending(1_000)).slice(before).map(({ body }) => body);
    expect(told).toMatchObject([
      { to: 'operations', pingOnCall: true, trouble: 'everything', card: { title: 'Everything is off' } },
      { to: 'dev-team', card: { title: 'Everything is off' } },
      { to: 'management', card: { title: 'Everything is off' } },
      { to: 'operations', over: ['everything'], card: { title: 'The kill switch is released' } },
      { to: 'dev-team' },
      { to: 'management' },
    ]);
    expect(JSON.stringify(told).match(/pingOnCall/g)).toHaveLength(1);
  });

  it('a cohort is a list of guilds that can be allowed and denied', async () => {
    const room = await Room.open();
    await room.create('greeting');
    await room.done({ do: 'cohort-create', cohort: 'friends', guilds: [guildId(1), guildId(2)] });
    await room.done({ do: 'allow-cohort', flag: 'greeting', cohort: 'friends' });
    expect(room.on('greeting')).toEqual([guildId(1), guildId(2)]);
    await room.done({ do: 'cohort-add', cohort: 'friends', guilds: [guildId(5)] });
    expect(room.on('greeting')).toEqual([guildId(1), guildId(2), guildId(5)]);
    await room.done({ do: 'cohort-remove', cohort: 'friends', guilds: [guildId(1)] });
    await room.done({ do: 'deny-cohort', flag: 'greeting', cohort: 'friends' });
    expect(room.on('greeting')).toEqual([]);
    await room.done({ do: 'clear-cohort', flag: 'greeting', cohort: 'friends' });
    await room.done({ do: 'cohort-delete', cohort: 'friends' });
    expect(room.flags.cohorts()).toEqual([]);
  });

  it('what is already so changes nothing and tells nobody', async () => {
    const room = await Room.open();
    await room.create('greeting');
    const before = await room.outbox();
    expect(await room.do({ do: 'unkill', flag: 'greeting' })).toMatchObject({ status: 'unchanged' });
    expect(await room.do({ do: 'clear', flag: 'greeting', guild: guildId(1) })).toMatchObject({
      status: 'unchanged',
    });
    expect(await room.do({ do: 'edit', flag: 'greeting', facts: { owner: null } })).toMatchObject({
      status: 'unchanged',
    });
    expect(await room.outbox()).toEqual(before);
  });

  it('every change posts one notice to operations, with before and after, who, why, and buttons to take it back', async () => {
    const room = await Room.open();
    await room.create('greeting');
    await room.flags.change({
      change: { do: 'enable', flag: 'greeting', basisPoints: 1 },
      by: grace,
      reason: 'first try',
    });
    const notices = await room.outbox();
    expect(notices).toHaveLength(2);
    expect(notices[1]).toMatchObject({
      to: 'operations',
      card: {
        title: 'Enable greeting for 0.01 % of guilds',
        buttons: [
          { action: 'undo', args: ['{entry}'] },
          { action: 'rollback-ask', args: ['greeting'] },
        ],
      },
    });
    const text = JSON.stringify(notices[1]);
    for (const part of ['percentage', '0 %', '0.01 %', grace.id, 'first try']) expect(text).toContain(part);
  });
});

describe('what is refused', () => {
  it.each([
    ['UNKNOWN_FLAG', { do: 'enable', flag: 'greetin' }, 'Did you mean greeting?'],
    ['DUPLICATE_NAME', { do: 'create', flag: 'greeting', facts: {} }, '/feature info'],
    ['BAD_NAME', { do: 'create', flag: 'Größe', facts: {} }, 'a–z'],
    ['BAD_VALUE', { do: 'enable', flag: 'greeting', basisPoints: 10_001 }, '0.01'],
    ['BAD_VALUE', { do: 'enable', flag: 'greeting', basisPoints: 0.5 }, '0.01'],
    ['UNKNOWN_GUILD', { do: 'allow', flag: 'greeting', guild: 'Guild 77' }, 'Did you mean'],
    ['UNKNOWN_COHORT', { do: 'allow-cohort', flag: 'greeting', cohort: 'frends' }, 'friends'],
    ['PREREQUISITE_CYCLE', { do: 'edit', flag: 'greeting', facts: { requires: ['greeting'] } }, 'circle'],
    ['UNKNOWN_FLAG', { do: 'edit', flag: 'greeting', facts: { requires: ['nobody'] } }, '/feature list'],
    ['BAD_VALUE', { do: 'edit', flag: 'greeting', facts: { expiresAt: 5 } }, 'still to come'],
    ['BAD_VALUE', { do: 'edit', flag: 'greeting', facts: { description: 'x'.repeat(501) } }, 'shorter'],
    ['NOT_NOW', { do: 'beta-join', flag: 'greeting', guild: guildId(1) }, '/beta list'],
    ['NOT_NOW', { do: 'restore', flag: 'greeting' }, 'nothing to restore'],
    ['NOT_NOW', { do: 'beta-approve', flag: 'greeting', guild: guildId(1) }, 'decide'],
    ['DUPLICATE_NAME', { do: 'cohort-create', cohort: 'friends' }, '/cohort add'],
    ['UNKNOWN_ENTRY', { do: 'undo', entry: '999-0' }, 'no entry #999 '],
    ['UNKNOWN_ENTRY', { do: 'undo', entry: '999-2' }, 'no entry #999.2 '],
  ] as const)('%s: %o', async (code, change, hint) => {
    const room = await Room.open();
    await room.create('greeting');
    await room.done({ do: 'cohort-create', cohort: 'friends' });
    const error: unknown = await room.do(change).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code });
    const { message, next } = error as { message: string; next?: string };
    expect(`${message} ${next}`).toContain(hint);
  });

  it('a reason over 500 characters', async () => {
    const room = await Room.open();
    await room.create('greeting');
    const change = { do: 'kill', flag: 'greeting' } as const;
    await expect(room.flags.change({ change, by: ada, reason: 'x'.repeat(501) })).rejects.toMatchObject({
      code: 'BAD_VALUE',
    });
    expect((await room.flags.change({ change, by: ada, reason: 'x'.repeat(500) })).status).toBe('done');
  });

  it('a circle by way of others is named in full', async () => {
    const room = await Room.open();
    await room.create('a', 'b', 'c');
    await room.done({ do: 'edit', flag: 'a', facts: { requires: ['b'] } });
    await room.done({ do: 'edit', flag: 'b', facts: { requires: ['c'] } });
    await expect(room.do({ do: 'edit', flag: 'c', facts: { requires: ['a'] } })).rejects.toThrow(
      'c → a → b → c',
    );
  });

  it('a new seed in between, where it would deal the guilds anew', async () => {
    const room = await Room.open();
    await room.create('greeting');
    await room.done({ do: 'enable', flag: 'greeting', basisPoints: 500 });
    await expect(room.do({ do: 'edit', flag: 'greeting', facts: { seed: 'shared' } })).rejects.toMatchObject({
      code: 'NOT_NOW',
    });
    await room.done({ do: 'enable', flag: 'greeting', basisPoints: 0 });
    await room.done({ do: 'edit', flag: 'greeting', facts: { seed: 'shared' } });
    expect(room.flags.flag('greeting').seed).toBe('shared');
  });

  it('a cohort that flags still refer to is not deleted', async () => {
    const room = await Room.open();
    await room.create('greeting');
    await room.done({ do: 'cohort-create', cohort: 'friends' });
    await room.done({ do: 'deny-cohort', flag: 'greeting', cohort: 'friends' });
    await expect(room.do({ do: 'cohort-delete', cohort: 'friends' })).rejects.toThrow('used by greeting');
  });
});

describe('a prerequisite', () => {
  it('that is off takes the flag with it, and the reach of a change counts the dependants', async () => {
    const room = await Room.open();
    await room.create('base', 'extra');
    await room.done({ do: 'edit', flag: 'extra', facts: { requires: ['base'] } });
    await room.done({ do: 'enable', flag: 'extra' });
    expect(room.on('extra')).toEqual([]);
    const { proposal } = await room.done({ do: 'enable', flag: 'base' });
    expect(room.on('extra')).toHaveLength(40);
    expect(proposal.blast.byFlag).toEqual([
      { flag: 'base', on: 40, off: 0 },
      { flag: 'extra', on: 40, off: 0 },
    ]);
  });
});
