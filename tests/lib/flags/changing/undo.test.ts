import { describe, expect, it } from 'vitest';
import { grace, guildId, Room } from '../room.js';

async function ready(): Promise<Room> {
  const room = await Room.open();
  await room.create('greeting', 'other');
  return room;
}

describe('undo', () => {
  it('takes back exactly what the entry changed, and is itself an entry that can be undone', async () => {
    const room = await ready();
    const { entry } = await room.done({ do: 'enable', flag: 'greeting', basisPoints: 500 });
    await room.done({ do: 'edit', flag: 'greeting', facts: { owner: 'the greeters' } });
    const undone = await room.done({ do: 'undo', entry });
    expect(undone.proposal.title).toBe('Undo: Enable greeting for 5 % of guilds');
    expect(room.flags.flag('greeting')).toMatchObject({ basisPoints: 0, owner: 'the greeters' });
    await room.done({ do: 'undo', entry: undone.entry });
    expect(room.flags.flag('greeting').basisPoints).toBe(500);
  });

  it('refuses where it changed since, and says what, and by whom', async () => {
    const room = await ready();
    const { entry } = await room.done({ do: 'enable', flag: 'greeting', basisPoints: 100 });
    await room.done({ do: 'enable', flag: 'greeting', basisPoints: 200 }, grace);
    const before = room.flags.flag('greeting');
    await expect(room.do({ do: 'undo', entry })).rejects.toMatchObject({
      code: 'STALE_UNDO',
      message: expect.stringContaining('percentage: 1 % → 2 % by Grace') as string,
    });
    expect(room.flags.flag('greeting')).toEqual(before);
  });

  it('refuses the second time', async () => {
    const room = await ready();
    const { entry } = await room.done({ do: 'kill', flag: 'greeting' });
    await room.done({ do: 'undo', entry });
    await expect(room.do({ do: 'undo', entry })).rejects.toMatchObject({ code: 'STALE_UNDO' });
  });

  it('of one flag in a guild leaves the guild’s other flags alone', async () => {
    const room = await ready();
    const guild = guildId(1);
    const { entry } = await room.done({ do: 'allow', flag: 'greeting', guild });
    await room.done({ do: 'deny', flag: 'other', guild });
    await room.done({ do: 'undo', entry });
    expect(Object.keys(room.flags.guild(guild)?.entries ?? {})).toEqual(['other']);
  });

  it('of a guild added to a cohort keeps those added since', async () => {
    const room = await ready();
    await room.done({ do: 'cohort-create', cohort: 'friends', guilds: [guildId(1)] });
    const { entry } = await room.done({ do: 'cohort-add', cohort: 'friends', guilds: [guildId(2)] });
    await room.done({ do: 'cohort-add', cohort: 'friends', guilds: [guildId(3)] });
    await room.done({ do: 'undo', entry });
    expect(room.flags.cohort('friends').guilds).toEqual([guildId(1), guildId(3)]);
  });

  it('of a creation removes the flag, unless others have come to require it', async () => {
    const room = await ready();
    const { entry } = await room.done({ do: 'create', flag: 'base', facts: {} });
    await room.done({ do: 'edit', flag: 'other', facts: { requires: ['base'] } });
    await expect(room.do({ do: 'undo', entry })).rejects.toMatchObject({ code: 'NOT_NOW' });
    await room.done({ do: 'edit', flag: 'other', facts: { requires: [] } });
    await room.done({ do: 'undo', entry });
    expect(() => room.flags.flag('base')).toThrow('No flag is called "base"');
  });

  it('of a deleted cohort brings it back with its guilds', async () => {
    const room = await ready();
    await room.done({ do: 'cohort-create', cohort: 'friends', guilds: [guildId(1)] });
    const { entry } = await room.done({ do: 'cohort-delete', cohort: 'friends' });
    await room.done({ do: 'undo', entry });
    expect(room.flags.cohort('friends').guilds).toEqual([guildId(1)]);
  });

  it('never closes a circle of prerequisites', async () => {
    const room = await ready();
    await room.done({ do: 'edit', flag: 'greeting', facts: { requires: ['other'] } });
    const { entry } = await room.done({ do: 'edit', flag: 'greeting', facts: { requires: [] } });
    await room.done({ do: 'edit', flag: 'other', facts: { requires: ['greeting'] } });
    await expect(room.do({ do: 'undo', entry })).rejects.toMatchObject({ code: 'PREREQUISITE_CYCLE' });
  });

  it('that widens asks like any other change', async () => {
    const room = await ready();
    await room.done({ do: 'enable', flag: 'greeting' });
    const { entry } = await room.done({ do: 'disable', flag: 'greeting' });
    const outcome = await room.flags.change({ change: { do: 'undo', entry }, by: grace });
    expect(outcome).toMatchObject({ status: 'confirm', proposal: { blast: { guilds: 40 } } });
  });

  it('is marked in the history, whose newest line comes first', async () => {
    const room = await ready();
    const { entry } = await room.done({ do: 'kill', flag: 'greeting' });
    const undone = await room.done({ do: 'undo', entry }, grace);
    const history = await room.flags.history('greeting', 10);
    expect(history.map(({ title }) => title)).toEqual([
      'Undo: Kill greeting',
      'Kill greeting',
      'Create greeting',
    ]);
    expect(history[1]).toMatchObject({ entry, undoneBy: undone.entry, by: { name: 'Ada' } });
    expect(await room.flags.history('greeting', 10, undone.entry)).toEqual(history.slice(1));
    expect(await room.flags.history('other', 10)).toHaveLength(1);
    expect(await room.flags.history(undefined, 2)).toHaveLength(2);
  });
});
