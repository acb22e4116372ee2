/** Documents and answers of the flags room, with only what a test says about them being special. */
import type { FlagDocument } from '../../../src/lib/flags/documents.js';
import type { FlagsRoom } from '../../../src/lib/flags/FlagsRoom.js';
import type { Proposal } from '../../../src/lib/flags/results.js';

const stamp = { by: '7', at: 1_000_000 };

export const flagDocument = (change: Partial<FlagDocument> = {}): FlagDocument => ({
  v: 1,
  schema: 1,
  key: 'new_greeting',
  description: 'A warmer hello',
  kind: 'release',
  owner: null,
  beta: 'closed',
  optOut: 'until-release',
  enabled: true,
  basisPoints: 0,
  seed: null,
  algo: 1,
  killed: null,
  archived: null,
  requires: [],
  cohorts: {},
  ceiling: null,
  rollout: null,
  expiresAt: null,
  created: stamp,
  updated: stamp,
  servedSince: 0,
  declared: false,
  ...change,
});

export const proposal = (change: Partial<Proposal> = {}): Proposal => ({
  change: { do: 'enable', flag: 'new_greeting' },
  by: { id: '7', name: 'admin' },
  reason: undefined,
  title: 'Enable new_greeting for everyone',
  differences: [{ what: 'percentage', before: '0 %', after: '100 %' }],
  blast: { guilds: 0, members: 0, outOf: 50, guildsOff: 0, byFlag: [] },
  needsConfirmation: false,
  notes: [],
  basis: [],
  ...change,
});

/** A room that answers only what the test gives it; any other question is a fault of the test. */
export function flagsRoom(answers: Partial<FlagsRoom>): FlagsRoom {
  return new Proxy(answers, {
    get(target, name: keyof FlagsRoom) {
      if (name === 'stale' || name in target) return target[name];
      throw new Error(`The test gave no answer for flags.${String(name)}.`);
    },
  }) as FlagsRoom;
}
