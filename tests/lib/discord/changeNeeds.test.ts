import { describe, expect, it } from 'vitest';
import { needNow, needOf } from '../../../src/lib/discord/changeNeeds.js';
import type { FlagChange } from '../../../src/lib/flags/changes.js';
import type { FlagDocument, GuildEntry } from '../../../src/lib/flags/documents.js';
import { flagDocument, flagsRoom, proposal } from './flagsFixture.js';

const blast = (guilds: number, guildsOff: number) =>
  proposal({ blast: { guilds, members: 0, outOf: 50, guildsOff, byFlag: [] } });
const now = (change: FlagChange, flag: Partial<FlagDocument> = {}, override?: 'allow' | 'deny') => {
  const entries: Record<string, GuildEntry> =
    override === undefined ? {} : { x: { override: { is: override, by: '7', at: 0 } } };
  const flags = flagsRoom({
    flag: () => flagDocument(flag),
    guild: () => ({
      v: 1,
      schema: 1,
      id: '5',
      channelId: null,
      entries,
    }),
  });
  return needNow(change, flags, proposal());
};

describe('what a change asks for', () => {
  it('is little where it turns off, for whomever', () => {
    expect(needOf({ do: 'kill', flag: 'x' })).toBe('narrow');
    expect(needOf({ do: 'kill-all' })).toBe('narrow');
    expect(needOf({ do: 'disable', flag: 'x' })).toBe('narrow');
    expect(needOf({ do: 'deny', flag: 'x', guild: '5' })).toBe('narrow');
    expect(needOf({ do: 'deny-cohort', flag: 'x', cohort: 'c' })).toBe('narrow');
    expect(needOf({ do: 'beta-decline', flag: 'x', guild: '5' })).toBe('narrow');
  });

  it('is much where it turns on or changes settings', () => {
    const wide: readonly FlagChange[] = [
      { do: 'create', flag: 'x', facts: {} },
      { do: 'edit', flag: 'x', facts: {} },
      { do: 'enable', flag: 'x' },
      { do: 'allow', flag: 'x', guild: '5' },
      { do: 'allow-cohort', flag: 'x', cohort: 'c' },
      { do: 'unkill', flag: 'x' },
      { do: 'unkill-all' },
      { do: 'archive', flag: 'x' },
      { do: 'restore', flag: 'x' },
      { do: 'cohort-create', cohort: 'c' },
      { do: 'cohort-add', cohort: 'c', guilds: [] },
      { do: 'cohort-remove', cohort: 'c', guilds: [] },
      { do: 'cohort-delete', cohort: 'c' },
      { do: 'beta-approve', flag: 'x', guild: '5' },
    ];
    for (const change of wide) expect([change.do, needOf(change)]).toEqual([change.do, 'admin']);
  });

  it('follows the state where the same words may widen or narrow', () => {
    expect(needOf({ do: 'enable', flag: 'x', basisPoints: 100 })).toBeUndefined();
    expect(now({ do: 'enable', flag: 'x', basisPoints: 100 }, { basisPoints: 200 })).toBe('narrow');
    expect(now({ do: 'enable', flag: 'x', basisPoints: 200 }, { basisPoints: 200 })).toBe('admin');
    expect(now({ do: 'enable', flag: 'x', basisPoints: 100 }, { basisPoints: 200, enabled: false })).toBe(
      'admin',
    );
    expect(now({ do: 'clear', flag: 'x', guild: '5' }, {}, 'allow')).toBe('narrow');
    expect(now({ do: 'clear', flag: 'x', guild: '5' }, {}, 'deny')).toBe('admin');
    expect(
      now(
        { do: 'clear-cohort', flag: 'x', cohort: 'c' },
        { cohorts: { c: { override: 'deny', by: '7', at: 0 } } },
      ),
    ).toBe('admin');
    expect(now({ do: 'clear-cohort', flag: 'x', cohort: 'c' })).toBe('narrow');
  });

  it('of an undo is what the undo does', () => {
    const undo: FlagChange = { do: 'undo', entry: '1-0' };
    expect(needNow(undo, flagsRoom({}), blast(0, 3))).toBe('narrow');
    expect(needNow(undo, flagsRoom({}), blast(1, 3))).toBe('admin');
    expect(needNow(undo, flagsRoom({}), blast(0, 0))).toBe('admin');
  });
});
