/** What goes back and what stays, what may be absent, and until when a request counts: pure. */
import { describe, expect, it } from 'vitest';
import { freezeKey, switchKey } from '../../../src/lib/flags/world.js';
import { releasesKey } from '../../../src/lib/deployments/releases/documents.js';
import { mayBeAbsent, problemOf } from '../../../src/lib/recovery/damage/isWhole.js';
import { readSetAside } from '../../../src/lib/recovery/damage/readSetAside.js';
import { GuildCounts } from '../../../src/lib/recovery/compare/GuildCounts.js';
import { UnknownSnapshot } from '../../../src/lib/recovery/errors.js';
import { readRequest } from '../../../src/lib/recovery/readRequest.js';
import { nameOf, readName, snapshotReasons } from '../../../src/lib/recovery/snapshots/names.js';
import { databaseStep, snapshotStep } from '../../../src/lib/recovery/steps.js';
import {
  documentsAfter,
  goesBack,
  isOfThisState,
  recoveryKey,
} from '../../../src/lib/recovery/whatGoesBack.js';
import { judgedTimeKey } from '../../../src/lib/rollouts/RolloutsReplica.js';
import { namespaces } from '../../../src/lib/state/Store.js';
import { flag, guild } from './ground.js';

const document = (more: object = {}) => ({ v: 1, schema: 1, ...more }) as never;

describe('going back', () => {
  it('turns people’s decisions back, and nothing that happened', () => {
    const decided = namespaces.filter((ns) => goesBack(ns, 'a'));
    expect(decided.sort()).toEqual(['cohorts', 'flags', 'guilds', 'rollouts']);
    const settings = [
      switchKey,
      freezeKey,
      judgedTimeKey,
      recoveryKey,
      'urgent',
      'scorecard',
      'snapshots',
      'live',
    ];
    expect(settings.filter((key) => goesBack('settings', key))).toEqual([
      switchKey,
      freezeKey,
      judgedTimeKey,
    ]);
  });

  const [then, now] = [document({ is: 'then' }), document({ is: 'now' })];
  const all = (is: never) => [
    ...(['flags', 'rollbacks', 'deployments'] as const).map((ns) => ({ ns, key: 'a', document: is })),
    ...[switchKey, 'live', recoveryKey].map((key) => ({ ns: 'settings' as const, key, document: is })),
  ];
  const loaded = {
    documents: Object.fromEntries(
      namespaces.map((ns) => [
        ns,
        new Map(
          all(now)
            .filter((one) => one.ns === ns)
            .map(({ key, document: is }) => [key, is]),
        ),
      ]),
    ),
  } as never;
  const after = (isSameState: boolean) =>
    documentsAfter({ documents: all(then) } as never, loaded, isSameState)
      .map(({ ns, key, document: is }) => `${ns}:${key} ${JSON.stringify(is['is'])}`)
      .sort();

  it('in the same state leaves the rest as it is, and ends with the request for it', () => {
    expect(after(true)).toEqual([
      'deployments:a "now"',
      'flags:a "then"',
      'rollbacks:a "now"',
      'settings:live "now"',
      `settings:${switchKey} "then"`,
    ]);
  });

  it('to another state takes it whole, but for the request', () => {
    expect(after(false)).toEqual([
      'deployments:a "then"',
      'flags:a "then"',
      'rollbacks:a "then"',
      'settings:live "then"',
      `settings:${switchKey} "then"`,
    ]);
  });

  it('a state is the same where the snapshot’s first audit entry is its own', async () => {
    const store = (commitId: string | undefined, entries = 1) =>
      ({
        audit: {
          get: () => Promise.resolve(commitId === undefined ? undefined : { commitId }),
          read: () => Promise.resolve(Array.from({ length: entries })),
        },
      }) as never;
    const first = [{ id: '1-0', commitId: 'one' }] as never;
    expect(await isOfThisState(store('one'), { audit: first })).toBe(true);
    expect(await isOfThisState(store('two'), { audit: first })).toBe(false);
    expect(await isOfThisState(store(undefined), { audit: first })).toBe(false);
    // One from before anything was written belongs to whatever there is.
    expect(await isOfThisState(store(undefined, 1), { audit: [] })).toBe(true);
    expect(await isOfThisState(store(undefined, 0), { audit: [] })).toBe(false);
  });
});

describe('a damaged document', () => {
  it('may be absent only where nothing is turned on by that', () => {
    expect(namespaces.filter((ns) => mayBeAbsent(ns, 'a')).sort()).toEqual(['flags', 'settings']);
    for (const key of [switchKey, freezeKey, judgedTimeKey])
      expect(mayBeAbsent('settings', key), key).toBe(false);
  });

  it('is told from a whole one by whoever reads it, and nobody judges what is not theirs', () => {
    expect(problemOf('flags', 'a', { ...flag('a'), v: 1 })).toBeUndefined();
    expect(problemOf('guilds', '1', { ...guild('1', {}), v: 1 })).toBeUndefined();
    for (const key of [switchKey, freezeKey, judgedTimeKey])
      expect(problemOf('settings', key, document({ off: 7, freeze: 7, at: 'x' })), key).toBeDefined();
    expect(problemOf('deployments', releasesKey, document())).toBeDefined();
    expect(problemOf('settings', 'live', document())).toBeUndefined();
    expect(problemOf('deployments', '7F3K2QX0', document())).toBeUndefined();
  });

  it('that was set aside is read back whole, or not at all', () => {
    const aside = {
      ...{ schema: 1, id: 'x', ns: 'flags', key: 'a', problem: 'p', raw: '{', state: 'aside', at: 1 },
      lastGood: { from: 'the snapshot', body: { schema: 1, more: true } },
    };
    expect(readSetAside(document(aside))).toEqual(aside);
    expect(readSetAside(document({ ...aside, lastGood: null }))).toMatchObject({ lastGood: null });
    expect(readSetAside(document({ ...aside, lastGood: { from: 'x', body: {} } }))).toBeUndefined();
    expect(readSetAside(document({ ...aside, state: 'gone' }))).toBeUndefined();
  });
});

it('a request waits a day for the second person, and no longer', () => {
  const asked = {
    id: 'r',
    snapshot: 's',
    sha256: 'f',
    by: { id: '1', name: 'Ann' },
    reason: 'why',
    at: 1_000,
  };
  const hourMs = 3_600_000;
  const at = (now: number) => readRequest(document({ request: asked }), now);
  expect(at(1_000 + 24 * hourMs - 1)).toEqual(asked);
  expect(at(1_000 + 24 * hourMs)).toBeUndefined();
  expect(readRequest(document({ request: null }), 0)).toBeUndefined();
  expect(readRequest(document({ request: { ...asked, reason: undefined } }), 0)).toBeUndefined();
  expect(readRequest(null, 0)).toBeUndefined();
});

describe('the name of a snapshot', () => {
  it('says when it was taken, of which commit and why', () => {
    const at = Date.UTC(2026, 1, 28, 23, 59, 59, 7);
    for (const why of snapshotReasons) {
      const name = nameOf(at, 42, why);
      expect(readName(name)).toEqual({ name, at, seq: 42, why });
    }
    expect(nameOf(at, 42, 'asked')).toBe('20260228T235959007Z-000000042-asked.snapshot.gz');
  });

  it.each(['20260228T235959007Z-42-lunch.snapshot.gz', '20260228T235959007Z-42-asked.snapshot', '../x', ''])(
    '%j is none',
    (name) => expect(readName(name)).toBeUndefined(),
  );

  it('that is not known leads to the newest, where there is one', () => {
    expect(new UnknownSnapshot('x', 'y').next).toContain('The newest is y');
    expect(new UnknownSnapshot('x', undefined).next).toBe('None has been taken here yet.');
  });
});

describe('the steps of a rollback', () => {
  const doing = { signal: new AbortController().signal, progress: () => undefined } as never;

  it('keep the state, and say where', async () => {
    const taken = { name: 'n', bytes: 1, sha256: 'f', documents: 2, seq: 9 } as never;
    const step = snapshotStep({
      take: (why) => (why === 'rollback' ? Promise.resolve(taken) : Promise.reject(new Error(why))),
    });
    expect(step.skipped({} as never)).toBeNull();
    expect(await step.plan({} as never)).toEqual(['Take a snapshot of the whole state.']);
    expect(await step.run(doing)).toEqual({
      detail: '2 documents are kept in n.',
      facts: { file: 'n', bytes: 1, sha256: 'f', seq: 9 },
    });
  });

  it('keep the database only where that was asked for and there is one, with time for backup and check', async () => {
    const backup = { file: 'f', bytes: 1, sha256: 's', tookMs: 5 };
    const database = { plan: () => ['pg_dump'], backup: () => Promise.resolve(backup) } as never;
    const step = databaseStep(database, 60_000);
    expect(step.deadlineMs).toBe(150_000);
    expect(step.skipped({ withDatabase: true } as never)).toBeNull();
    expect(step.skipped({} as never)).toBe('It was not asked for.');
    expect(await step.plan({} as never)).toEqual(['pg_dump']);
    expect(await step.run(doing)).toMatchObject({ facts: backup });
    const none = databaseStep(undefined);
    expect(none.skipped({ withDatabase: true } as never)).toBe(
      'deployments.yaml names no recovery.database.',
    );
    expect(await none.plan({} as never)).toEqual([]);
    await expect(none.run(doing)).rejects.toThrow(TypeError);
  });
});

it('what differs among guilds is added up by flag, and cut where it is too long', () => {
  const counts = new GuildCounts();
  const with_ = (entries: object) => guild('1', entries as never);
  counts.note(with_({ a: { override: { is: 'allow' } } }), with_({ a: { override: { is: 'deny' } } }));
  counts.note(undefined, with_({ a: { joined: {} }, b: { keepOff: {} } }));
  counts.note(with_({ c: { joined: {} } }), with_({ c: { joined: {} } }));
  const all = [
    'a: 1 guild allowed → 0',
    'a: 0 guilds denied → 1',
    'a: 0 guilds joined → 1',
    'b: 0 guilds kept off → 1',
  ];
  expect(counts.lines(4)).toEqual(all);
  expect(counts.lines(3)).toEqual([...all.slice(0, 2), '… and 2 more']);
});
