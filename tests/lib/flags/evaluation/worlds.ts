/** Random worlds, small enough that everything in them meets: flags, guilds, cohorts, prerequisites. */
import fc from 'fast-check';
import type {
  CohortDocument,
  FlagDocument,
  GuildDocument,
  GuildEntry,
} from '../../../../src/lib/flags/documents.js';

export const flagKeys = ['a', 'b', 'c', 'd', 'shared_seed-9'] as const;
export const cohortNames = ['x', 'y'] as const;
/** Snowflakes of every length, and ids that are none. */
export const guildIds = [
  '11037394382254080',
  '110373943822540800',
  '1103739438225408001',
  '1103739438225408002',
  '999999999999999999',
  '000000000000000001',
  '12',
  'beta_server_1',
  '11037394382254080٣',
  '1103739438225408\u0130\u0130',
] as const;

const stamp = { by: '1', at: 0 };
const subset = <T>(all: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...all]);
const flagOf = (key: string): fc.Arbitrary<FlagDocument> =>
  fc.record({
    v: fc.constant(1),
    schema: fc.constant(1 as const),
    key: fc.constant(key),
    description: fc.constant(''),
    kind: fc.constant('release' as const),
    owner: fc.constant(null),
    beta: fc.constantFrom('closed' as const, 'open' as const, 'approval' as const),
    optOut: fc.constantFrom('until-release' as const, 'always' as const),
    enabled: often(true, false),
    basisPoints: fc.oneof(fc.constantFrom(0, 10_000), fc.integer({ min: 0, max: 10_000 })),
    seed: fc.constantFrom(null, 'shared', 'seven_7'),
    algo: fc.constant(1 as const),
    killed: often(null, stamp),
    archived: often(null, stamp),
    requires: often<string[]>([], [...flagKeys]).chain((keys) =>
      subset(keys.filter((other) => other !== key || keys.length === 0)),
    ),
    cohorts: fc.dictionary(
      fc.constantFrom(...cohortNames),
      fc.record({
        override: fc.constantFrom('allow' as const, 'deny' as const),
        by: fc.constant('1'),
        at: fc.constant(0),
      }),
      { maxKeys: 2, noNullPrototype: true },
    ),
    ceiling: often(null, 2 ** 31).chain((ceiling) =>
      ceiling === null
        ? fc.constant(null)
        : fc.oneof(fc.constant(2 ** 32), fc.integer({ min: 0, max: 2 ** 32 })),
    ),
    rollout: often<string | null>(null, 'r').chain((id) =>
      id === null
        ? fc.constant(null)
        : subset(guildIds).map((targets) => ({ id, targets: [...targets, ...targets] })),
    ),
    expiresAt: fc.constant(null),
    created: fc.constant(stamp),
    updated: fc.constant(stamp),
    servedSince: fc.constant(0),
    declared: fc.constant(false),
  });

function often<T>(usual: T, seldom: T): fc.Arbitrary<T> {
  return fc.oneof(
    { arbitrary: fc.constant(usual), weight: 5 },
    { arbitrary: fc.constant(seldom), weight: 1 },
  );
}

const entry: fc.Arbitrary<GuildEntry> = fc.record(
  {
    override: fc.constantFrom({ is: 'allow' as const, ...stamp }, { is: 'deny' as const, ...stamp }),
    joined: fc.constant(stamp),
    answer: fc.constantFrom({ is: 'approved' as const, ...stamp }, { is: 'declined' as const, ...stamp }),
    keepOff: fc.constant(stamp),
  },
  { requiredKeys: [] },
);

const guildOf = (id: string): fc.Arbitrary<GuildDocument> =>
  fc
    .dictionary(fc.constantFrom(...flagKeys), entry, { noNullPrototype: true })
    .map((entries) => ({ v: 1, schema: 1, id, entries, channelId: null }));

const cohortOf = (name: string): fc.Arbitrary<CohortDocument> =>
  subset(guildIds).map((guilds) => ({
    v: 1,
    schema: 1,
    name,
    description: '',
    guilds,
    created: stamp,
    updated: stamp,
  }));

/** One document written or deleted. */
export type Step =
  | { readonly ns: 'flags'; readonly key: string; readonly document: FlagDocument | null }
  | { readonly ns: 'guilds'; readonly key: string; readonly document: GuildDocument | null }
  | { readonly ns: 'cohorts'; readonly key: string; readonly document: CohortDocument | null }
  | { readonly ns: 'settings'; readonly key: 'switch'; readonly off: boolean };

const nullable = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 8 });

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .constantFrom(...flagKeys)
      .chain((key) => nullable(flagOf(key)).map((document) => ({ ns: 'flags' as const, key, document }))),
  },
  {
    weight: 5,
    arbitrary: fc
      .constantFrom(...guildIds)
      .chain((key) => nullable(guildOf(key)).map((document) => ({ ns: 'guilds' as const, key, document }))),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(...cohortNames)
      .chain((key) => nullable(cohortOf(key)).map((document) => ({ ns: 'cohorts' as const, key, document }))),
  },
  {
    weight: 1,
    arbitrary: often(false, true).map((off) => ({ ns: 'settings' as const, key: 'switch' as const, off })),
  },
);
