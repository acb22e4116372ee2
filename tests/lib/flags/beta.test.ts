import { describe, expect, it } from 'vitest';
import type { BetaMode } from '../../../src/lib/flags/documents.js';
import { ada, guildId, Room } from './room.js';

const guild = guildId(4);
const asker = { id: '100000000000000009', name: 'Lin' };

async function withBeta(beta: BetaMode): Promise<Room> {
  const room = await Room.open();
  await room.done({ do: 'create', flag: 'lab', facts: { beta } });
  await room.done({ do: 'beta-channel', guild, channelId: '300000000000000001' }, asker);
  return room;
}

async function told(room: Room): Promise<readonly string[]> {
  return (await room.outbox()).slice(2).map(({ to, card }) => `${JSON.stringify(to)} ${card.title}`);
}

describe('a beta', () => {
  it('that is open takes a guild at once, and its channel hears of it', async () => {
    const room = await withBeta('open');
    await room.done({ do: 'beta-join', flag: 'lab', guild }, asker);
    expect(room.on('lab')).toEqual([guild]);
    expect(await told(room)).toEqual([
      '"operations" Guild 4 joins the beta of lab',
      '{"channel":"300000000000000001"} This guild joined the beta of lab',
    ]);
    await room.done({ do: 'beta-leave', flag: 'lab', guild }, asker);
    expect(room.on('lab')).toEqual([]);
  });

  it('takes nobody in while the flag is killed or is being rolled back, or everything is off', async () => {
    const room = await withBeta('approval');
    await room.done({ do: 'beta-join', flag: 'lab', guild }, asker);
    const taken = (): Promise<unknown>[] => [
      room.do({ do: 'beta-join', flag: 'lab', guild: guildId(5) }, asker),
      room.do({ do: 'beta-approve', flag: 'lab', guild }),
    ];
    await room.done({ do: 'kill', flag: 'lab' });
    for (const refused of taken()) await expect(refused).rejects.toThrow('turned off everywhere');
    await room.done({ do: 'unkill', flag: 'lab' });
    const serves = { title: 'Roll back lab', rollout: null, ceiling: 2 ** 32 };
    await room.done({ do: 'rollout', flag: 'lab', serves });
    for (const refused of taken()) await expect(refused).rejects.toThrow('being rolled back');
    await room.done({ do: 'rollout', flag: 'lab', serves: { ...serves, ceiling: null } });
    await room.done({ do: 'kill-all' });
    for (const refused of taken()) await expect(refused).rejects.toThrow('Everything is turned off');
    await room.done({ do: 'unkill-all' });
    await room.done({ do: 'beta-approve', flag: 'lab', guild });
    expect(room.on('lab')).toEqual([guild]);
  });

  it('that asks for approval waits for staff, and the person who asked hears the answer', async () => {
    const room = await withBeta('approval');
    const { entry } = await room.done({ do: 'beta-join', flag: 'lab', guild }, asker);
    expect(room.on('lab')).toEqual([]);
    expect(room.flags.overview('lab')).toMatchObject({ waiting: 1, joined: 0 });
    expect((await room.outbox()).at(-1)).toMatchObject({
      to: 'operations',
      card: { buttons: [{ action: 'beta-approve', args: ['{entry}'] }, { action: 'beta-decline' }] },
    });
    expect(await room.flags.betaRequest(entry)).toEqual({ flag: 'lab', guild });
    await room.done({ do: 'beta-approve', flag: 'lab', guild }, ada);
    expect(room.on('lab')).toEqual([guild]);
    expect((await told(room)).at(-1)).toBe(`{"user":"${asker.id}"} Guild 4 is in the beta of lab`);
    await expect(room.do({ do: 'beta-decline', flag: 'lab', guild })).rejects.toThrow(
      'was approved for lab on 3 May',
    );
  });

  it('declined is told so, stays out, and may ask again', async () => {
    const room = await withBeta('approval');
    const { entry } = await room.done({ do: 'beta-join', flag: 'lab', guild }, asker);
    await room.flags.change({
      change: { do: 'beta-decline', flag: 'lab', guild },
      by: ada,
      reason: 'too early',
    });
    expect((await told(room)).at(-1)).toBe(`{"user":"${asker.id}"} Guild 4 is not in the beta of lab`);
    await room.done({ do: 'edit', flag: 'lab', facts: { beta: 'open' } });
    expect(room.on('lab')).toEqual([]);
    room.now += 1;
    await room.done({ do: 'beta-join', flag: 'lab', guild }, asker);
    expect(room.on('lab')).toEqual([guild]);
    await expect(room.flags.betaRequest(entry)).rejects.toMatchObject({ code: 'NOT_NOW' });
    await expect(room.flags.betaRequest('1-0')).rejects.toMatchObject({ code: 'UNKNOWN_ENTRY' });
  });

  it('closed later keeps those that joined, and takes nobody who only asked', async () => {
    const room = await withBeta('open');
    await room.done({ do: 'beta-join', flag: 'lab', guild }, asker);
    await room.done({ do: 'edit', flag: 'lab', facts: { beta: 'approval' } });
    await room.done({ do: 'beta-join', flag: 'lab', guild: guildId(5) }, asker);
    await room.done({ do: 'edit', flag: 'lab', facts: { beta: 'closed' } });
    expect(room.on('lab')).toEqual([guild]);
  });
});

describe('keeping off', () => {
  it('beats staff’s allow below 100 %, and lapses at the release', async () => {
    const room = await withBeta('open');
    await room.done({ do: 'allow', flag: 'lab', guild });
    await room.done({ do: 'keep-off', flag: 'lab', guild }, asker);
    expect(room.on('lab')).toEqual([]);
    await room.done({ do: 'enable', flag: 'lab' });
    expect(room.on('lab')).toHaveLength(40);
    await expect(room.do({ do: 'keep-off', flag: 'lab', guild: guildId(7) })).rejects.toMatchObject({
      code: 'NOT_NOW',
    });
  });

  it('holds at 100 % where the flag says always', async () => {
    const room = await withBeta('open');
    await room.done({ do: 'edit', flag: 'lab', facts: { optOut: 'always' } });
    await room.done({ do: 'enable', flag: 'lab' });
    await room.done({ do: 'keep-off', flag: 'lab', guild }, asker);
    expect(room.on('lab')).not.toContain(guild);
    await room.done({ do: 'keep-off-end', flag: 'lab', guild }, asker);
    expect(room.on('lab')).toContain(guild);
  });
});

describe('a fan-out', () => {
  it('stands for the notices of all guilds of the beta that chose a channel', async () => {
    const room = await withBeta('open');
    await room.done({ do: 'beta-join', flag: 'lab', guild }, asker);
    await room.done({ do: 'beta-join', flag: 'lab', guild: guildId(6) }, asker);
    await room.done({ do: 'keep-off', flag: 'lab', guild: guildId(8) }, asker);
    await room.done({ do: 'beta-channel', guild: guildId(8), channelId: '300000000000000008' }, asker);
    const titles = async (): Promise<readonly string[]> => {
      const entry = (await room.store.outbox.pending(100)).at(-1);
      return room.flags
        .noticesOf(entry?.body ?? null)
        .map(({ key, notice }) => `${key} ${notice.card.title}`);
    };
    await room.done({ do: 'kill', flag: 'lab' });
    expect(await titles()).toEqual([`${guild} lab is off for now`]);
    await room.done({ do: 'unkill', flag: 'lab' });
    expect(await titles()).toEqual([`${guild} lab is back`]);
    await room.done({ do: 'enable', flag: 'lab' });
    expect(await titles()).toEqual([`${guild} lab is released`, `${guildId(8)} lab is released`]);
  });

  it('is not sent where nobody is in the beta', async () => {
    const room = await withBeta('open');
    await room.done({ do: 'kill', flag: 'lab' });
    expect((await room.outbox()).map(({ kind }) => kind)).not.toContain('beta-fanout');
    expect(room.flags.noticesOf({ kind: 'else' })).toEqual([]);
  });
});
