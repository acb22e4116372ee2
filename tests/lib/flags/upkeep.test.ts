import { describe, expect, it } from 'vitest';
import { guildId, Room, today } from './room.js';

const day = 86_400_000;

describe('flags that the code declares', () => {
  it('are created once, in one commit with one notice, whatever order they stand in', async () => {
    const room = await Room.open();
    const declared = { extra: { description: 'more', requires: ['base'] }, base: { description: 'first' } };
    expect([...(await room.flags.declare(declared))].sort()).toEqual(['base', 'extra']);
    expect(await room.flags.declare(declared)).toEqual([]);
    expect(room.flags.flag('extra')).toMatchObject({ declared: true, requires: ['base'], basisPoints: 0 });
    expect((await room.outbox()).map(({ card }) => card.title)).toEqual([
      '2 flags declared by the bot’s code',
    ]);
    expect(await room.flags.history('extra', 5)).toHaveLength(1);
  });

  it('are created once by two processes that start at once', async () => {
    const one = await Room.open();
    const other = await Room.open({ dataDir: one.directory });
    const declared = { base: { description: '' }, extra: { description: '' } };
    const created = await Promise.all([one.flags.declare(declared), other.flags.declare(declared)]);
    expect(created.flat().sort()).toEqual(['base', 'extra']);
    expect(await one.outbox()).toHaveLength(1);
  });
});

describe('the digest', () => {
  it('names what expired, what has settled, and what nobody asks for; nothing where all is well', async () => {
    const room = await Room.open();
    await room.done({ do: 'create', flag: 'old', facts: { expiresAt: today + day } });
    await room.create('used');
    await room.done({ do: 'enable', flag: 'used', basisPoints: 5_000 });
    expect(room.flags.digest()).toBeNull();
    room.now += 31 * day;
    room.flags.isEnabled('used', guildId(1));
    expect(await room.flags.lastUsed('used')).toBe(Date.UTC(2026, 5, 3));
    await room.flags.tick();
    expect(room.flags.digest()?.fields?.map(({ name }) => name)).toEqual([
      'Past their expiry (1)',
      'Settled for 30 days (1)',
      'Unused for 30 days (1)',
    ]);
    expect(JSON.stringify(room.flags.digest())).not.toContain('used"');
    expect(await room.flags.lastUsed('used')).toBe(Date.UTC(2026, 5, 3));
    expect(await room.flags.lastUsed('old')).toBeUndefined();
  });
});

describe('a question', () => {
  it('is answered with a reason and each rule, dates in words', async () => {
    const room = await Room.open();
    await room.create('greeting');
    await room.done({ do: 'deny', flag: 'greeting', guild: guildId(1) });
    expect(room.flags.evaluate('greeting', guildId(1))).toEqual({
      value: false,
      rule: 'denied',
      reason: 'TARGETING_MATCH',
      detail: 'off: staff denied this guild on 3 May',
    });
    const rules = room.flags.explain('greeting', guildId(1));
    expect(rules.map(({ answer }) => answer)).toEqual([
      ...Array<string>(5).fill('passed'),
      'off',
      ...Array<string>(5).fill('not reached'),
    ]);
    expect(room.flags.evaluate('nobody', guildId(1), true)).toMatchObject({
      value: true,
      reason: 'FLAG_NOT_FOUND',
    });
    await room.done({ do: 'enable', flag: 'greeting' });
    expect(room.flags.evaluate('greeting', guildId(2))).toMatchObject({ value: true, reason: 'STATIC' });
  });

  it('asked again of a view is answered by what is true then', async () => {
    const room = await Room.open();
    await room.create('greeting');
    const view = room.flags.forGuild(guildId(2));
    expect(view.isEnabled('greeting')).toBe(false);
    await room.done({ do: 'allow', flag: 'greeting', guild: guildId(2) });
    expect(view.isEnabled('greeting')).toBe(true);
    expect(view.isOn(room.flags.handle('greeting'))).toBe(true);
  });
});

describe('suggestions', () => {
  it('come best match first and fit what Discord takes', async () => {
    const room = await Room.open();
    await room.create('greeting', 'new_greeting', 'other');
    expect(room.flags.suggestFlags('greet').map(({ value }) => value)).toEqual(['greeting', 'new_greeting']);
    expect(room.flags.suggestFlags('').map(({ value }) => value)).toEqual([
      'greeting',
      'new_greeting',
      'other',
    ]);
    expect(room.flags.suggestGuilds('guild')).toHaveLength(25);
    expect(room.flags.suggestGuilds('Guild 7')[0]).toEqual({
      name: 'Guild 7 (17 members)',
      value: guildId(7),
    });
  });
});
