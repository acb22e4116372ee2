import { describe, expect, test } from 'vitest';
import type { FlagDocument, GuildDocument } from '../../../../src/lib/flags/documents.js';
import type { World } from '../../../../src/lib/flags/world.js';
import { hadFlag } from '../../../../src/lib/rollbacks/proof/hadFlag.js';

const stamp = { by: '1', at: 0 };

function flag(key: string, facts: Partial<FlagDocument> = {}): FlagDocument {
  return {
    ...{
      v: 1,
      schema: 1,
      key,
      description: '',
      kind: 'release',
      owner: null,
      beta: 'closed',
      optOut: 'always',
    },
    ...{ enabled: true, basisPoints: 0, seed: null, algo: 1, killed: null, archived: null, requires: [] },
    ...{ cohorts: {}, ceiling: null, rollout: null, expiresAt: null, created: stamp, updated: stamp },
    ...{ servedSince: 0, declared: false, ...facts },
  };
}

const allowed: GuildDocument = {
  ...{ v: 1, schema: 1, id: '1', channelId: null },
  entries: { new_greeting: { override: { is: 'allow', ...stamp } } },
};

const now: World = {
  servesFlags: true,
  flags: new Map([
    ['new_greeting', flag('new_greeting', { killed: stamp })],
    ['base', flag('base', { basisPoints: 10_000 })],
  ]),
  guilds: new Map([['1', allowed]]),
  cohorts: new Map(),
  killSwitch: { v: 1, schema: 1, off: stamp },
};

describe('who had it', () => {
  test('is evaluated over the flag as it was, whatever has turned it off since', () => {
    const had = hadFlag({ flag: 'new_greeting', before: [flag('new_greeting')], sample: [] }, now);
    expect([had('1'), had('2')]).toEqual([true, false]);
    const all = hadFlag(
      { flag: 'new_greeting', before: [flag('new_greeting', { basisPoints: 10_000 })], sample: [] },
      now,
    );
    expect(all('2')).toBe(true);
  });

  test('sees what the flag requires, as it is', () => {
    const before = [flag('new_greeting', { requires: ['base'] })];
    expect(hadFlag({ flag: 'new_greeting', before, sample: [] }, now)('1')).toBe(true);
    const others = [flag('new_greeting', { requires: ['gone'] })];
    expect(hadFlag({ flag: 'new_greeting', before: others, sample: [] }, now)('1')).toBe(false);
  });

  test('is everybody where everything was turned off', () => {
    expect(hadFlag({ flag: null, before: [], sample: [] }, now)('7')).toBe(true);
  });

  test('is the sample where the flag as it was is not known', () => {
    const had = hadFlag({ flag: 'gone', before: [], sample: ['7'] }, now);
    expect([had('7'), had('8')]).toEqual([true, false]);
  });
});
