import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it, vi } from 'vitest';
import type { Card } from '../../../src/lib/alerts/Card.js';
import { makeChange, makeConfirmedChange } from '../../../src/lib/discord/changeFlow.js';
import { confirmationsOf } from '../../../src/lib/discord/Confirmations.js';
import type { House } from '../../../src/lib/discord/House.js';
import { Forbidden, may, type Need } from '../../../src/lib/discord/rights.js';
import type { Turn } from '../../../src/lib/discord/Turn.js';
import type { ChangeRequest, FlagsRoom } from '../../../src/lib/flags/FlagsRoom.js';
import type { ChangeOutcome, Settled } from '../../../src/lib/flags/results.js';
import { flagDocument, flagsRoom, proposal } from './flagsFixture.js';

const staff = { guildId: '100', adminRoleIds: ['1'], staffRoleIds: ['2'], onCallRoleId: undefined };
const receipt = { seq: 128, id: 'x', op: 'y', at: 0, replayed: false };
const done = (): ChangeOutcome => ({ status: 'done', proposal: proposal(), receipt, entry: '128-0' });

/** A person with one role, and what they were shown. */
function turnOf(role: string, answers: Partial<FlagsRoom>) {
  const shown: Card[] = [];
  const person = {
    userId: '7',
    guildId: '100',
    roleIds: [role],
    permissions: PermissionFlagsBits.ManageGuild,
  };
  const allows = (need: Need) =>
    may(person, need, { ...staff, channels: { operations: '', 'dev-team': '', management: '' } });
  const turn = {
    house: { flags: flagsRoom(answers), overrides: [], realTime: { now: () => 5000 } } as unknown as House,
    actor: { id: '7', name: 'someone' },
    person,
    may: allows,
    require: (need: Need) => {
      if (!allows(need)) throw new Forbidden(need);
    },
    show: async (card: Card) => {
      shown.push(card);
    },
  };
  return { turn: turn as unknown as Turn, shown };
}

describe('a change', () => {
  it('is shown with its entry when it is done', async () => {
    const change = vi.fn(async () => done());
    const { turn, shown } = turnOf('1', { change });
    expect(await makeChange(turn, { do: 'enable', flag: 'x' }, { reason: 'why not' })).toBe('done');
    expect(change).toHaveBeenCalledWith({
      change: { do: 'enable', flag: 'x' },
      by: turn.actor,
      reason: 'why not',
    });
    expect(JSON.stringify(shown)).toContain('#128');
  });

  it('says so where it is so already', async () => {
    const { turn, shown } = turnOf('1', {
      change: async () => ({ status: 'unchanged', proposal: proposal() }),
    });
    expect(await makeChange(turn, { do: 'kill', flag: 'x' })).toBe('unchanged');
    expect(shown[0]?.title).toBe('Nothing to change');
  });

  it('that reaches many waits for a confirmation, and is made as it was shown', async () => {
    const seen: ChangeRequest[] = [];
    const asked = proposal({ needsConfirmation: true });
    const { turn, shown } = turnOf('1', {
      change: async (request) => {
        seen.push(request);
        return request.confirmed === undefined ? { status: 'confirm', proposal: asked } : done();
      },
    });
    expect(await makeChange(turn, { do: 'enable', flag: 'x' })).toBe('waiting');
    const id = shown[0]?.buttons?.[0]?.args[0] ?? '';
    expect(shown[0]?.buttons?.map(({ label }) => label)).toEqual(['Confirm', 'Cancel']);
    const request = confirmationsOf(turn.house).take(id, '7', 5001);
    expect(await makeConfirmedChange(turn, request)).toBe('done');
    expect(seen[1]?.confirmed).toBe(asked);
  });

  it('whose click was its confirmation asks no more', async () => {
    const { turn } = turnOf('1', {
      change: async ({ confirmed }) => (confirmed ? done() : { status: 'confirm', proposal: proposal() }),
    });
    const end = await makeChange(
      turn,
      { do: 'beta-join', flag: 'x', guild: '100' },
      { confirmation: 'implied' },
    );
    expect(end).toBe('done');
  });

  it.each<[Settled, string]>([
    [{ status: 'done', receipt, entry: '128-0' }, 'Enable new_greeting for everyone'],
    [{ status: 'refused', message: 'It did not reach the store.' }, 'Nothing was changed'],
    [{ status: 'unknown', message: 'The store is still away.' }, 'Not known whether it happened'],
  ])('that went unanswered is followed until it is known', async (settled, title) => {
    const { turn, shown } = turnOf('1', {
      change: async () => ({ status: 'checking', proposal: proposal(), settled: Promise.resolve(settled) }),
    });
    expect(await makeChange(turn, { do: 'enable', flag: 'x' })).toBe(settled.status);
    expect(shown.map((card) => card.title)).toEqual(['Checking…', title]);
  });
});

describe('the right to a change', () => {
  it('to widen is the admins’', async () => {
    const { turn } = turnOf('2', { change: async () => done() });
    await expect(makeChange(turn, { do: 'enable', flag: 'x' })).rejects.toThrow(Forbidden);
  });

  it('to narrow is everyone’s of the staff, and nobody else’s', async () => {
    const kill = { do: 'kill', flag: 'x' } as const;
    expect(await makeChange(turnOf('2', { change: async () => done() }).turn, kill)).toBe('done');
    await expect(makeChange(turnOf('9', {}).turn, kill)).rejects.toThrow(Forbidden);
  });

  it('that holds in one state only is tied to that state', async () => {
    const change = vi.fn(async () => done());
    const basis = proposal();
    const { turn } = turnOf('2', {
      change,
      propose: async () => basis,
      flag: () => flagDocument({ basisPoints: 5000 }),
    });
    await makeChange(turn, { do: 'enable', flag: 'x', basisPoints: 100 });
    expect(change).toHaveBeenCalledWith(expect.objectContaining({ confirmed: basis }));
    await expect(makeChange(turn, { do: 'enable', flag: 'x', basisPoints: 6000 })).rejects.toThrow(Forbidden);
  });

  it('is asked for again when the person confirms', async () => {
    const { turn } = turnOf('2', {});
    const request = { change: { do: 'enable', flag: 'x' }, by: turn.actor, confirmed: proposal() } as const;
    await expect(makeConfirmedChange(turn, request)).rejects.toThrow(Forbidden);
  });
});
