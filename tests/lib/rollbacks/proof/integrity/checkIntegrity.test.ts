import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { problemOf } from '../../../../../src/lib/recovery/damage/isWhole.js';
import { checkIntegrity } from '../../../../../src/lib/rollbacks/proof/integrity/checkIntegrity.js';
import type {
  AuditEntry,
  AuditVerdict,
  DocumentChange,
  OutboxEntry,
  Store,
} from '../../../../../src/lib/state/Store.js';
import { lmdbGround } from '../../../../support/lmdbGround.js';
import { pressedAt, Trail } from '../ground.js';

type Ground = Awaited<ReturnType<typeof lmdbGround>>;

let ground: Ground;
let store: Store;

beforeEach(async () => {
  ground = await lmdbGround();
  store = await ground.open('rollouts');
});

afterEach(async () => {
  await store.close();
  await ground.dispose();
});

const cohort = (name: string) => {
  const stamp = { by: '1', at: 1 };
  return { schema: 1, name, description: '', guilds: [], created: stamp, updated: stamp };
};

let ops = 0;
async function write(
  changes: readonly Pick<DocumentChange, 'ns' | 'key' | 'next'>[],
  more: { outbox?: [] | [string]; audit?: [] | [string] } = {},
): Promise<void> {
  await store.commit({
    op: `op ${ops++}`,
    notAfter: (await store.time()) + 60_000,
    changes: changes.map((change) => ({ ...change, expect: 0 })),
    audit: more.audit ?? ['did something'],
    outbox: more.outbox ?? [],
  });
}

const check = () => checkIntegrity({ store, problemOf });

describe('the walk through the state', () => {
  test('finds nothing where all is well, and says how much it looked at', async () => {
    await write([{ ns: 'cohorts', key: 'a', next: cohort('a') }], { outbox: ['tell'] });
    await write([{ ns: 'settings', key: 'unheard-of', next: { schema: 1, any: true } }]);
    expect(await check()).toMatchObject({
      seq: 2,
      documents: 2,
      auditEntries: 2,
      outboxEntries: 1,
      findings: [],
    });
  });

  test('of an empty state finds nothing either', async () => {
    expect(await check()).toMatchObject({ seq: 0, documents: 0, auditEntries: 0, findings: [] });
  });

  test('names documents that cannot be read, and those that are not what their room writes', async () => {
    await write([
      { ns: 'cohorts', key: 'a', next: cohort('a') },
      { ns: 'cohorts', key: 'b', next: cohort('other name') },
      { ns: 'cohorts', key: 'c', next: { schema: 1, name: 'c' } },
    ]);
    await ground.spoil('rollouts', 'cohorts', 'a', '{"value":');
    const { findings } = await check();
    expect(findings.map(({ what, where }) => `${what} ${where}`)).toEqual([
      'document cohorts:a',
      'document cohorts:b',
      'document cohorts:c',
    ]);
    expect(findings[0]).toMatchObject({ document: { ns: 'cohorts', key: 'a' }, problem: 'It is not JSON.' });
    expect(findings[1]?.problem).toBe('it calls itself other name');
  });

  test('names a document of a commit that never was', async () => {
    await write([{ ns: 'cohorts', key: 'a', next: cohort('a') }]);
    const raw = JSON.stringify({ value: { v: 99, ...cohort('a') } });
    await ground.spoil('rollouts', 'cohorts', 'a', raw);
    expect((await check()).findings).toMatchObject([
      {
        what: 'version',
        where: 'cohorts:a',
        problem: 'It says that commit 99 wrote it, but the newest is 1.',
      },
    ]);
  });

  test('names the audit entry that was tampered with', async () => {
    await write([]);
    await write([]);
    const lease = await store.lease('control', {
      ...{ owner: 'test', ttlMs: 10_000, onGained: () => undefined, onLost: () => undefined },
    });
    await store.audit.seal(lease.fence!);
    await ground.rewriteAudit('rollouts', '1-0', (text) => text.replace('did something', 'did nothing'));
    expect((await check()).findings).toMatchObject([{ what: 'audit', where: 'audit entry 1-0' }]);
  });

  test('asks for a pause at every document, entry and notice', async () => {
    await write(
      Array.from({ length: 100 }, (_, n) => ({ ns: 'cohorts', key: `c${n}`, next: cohort(`c${n}`) })),
      { outbox: ['tell'] },
    );
    let pauses = 0;
    const breathe = async (): Promise<void> => void pauses++;
    expect((await checkIntegrity({ store, problemOf, breathe })).documents).toBe(100);
    expect(pauses).toBe(102);
  });
});

describe('what a store should never hold', () => {
  const empty = { count: 0, id: '', seal: '' };
  const fine: AuditVerdict = { ok: true, entries: 0, unsealed: 0, head: empty };

  function storeWith(parts: {
    audit?: readonly AuditEntry[];
    pending?: readonly OutboxEntry[];
    parked?: readonly (OutboxEntry & { reason: string })[];
    seq?: number;
    unlisted?: Awaited<ReturnType<Store['unlisted']>>;
  }): Pick<Store, 'load' | 'unlisted' | 'audit' | 'outbox'> {
    const { audit = [], pending = [], parked = [], seq = 9, unlisted = [] } = parts;
    const trail = new Trail([]);
    Object.assign(trail, { entries: audit });
    return {
      load: async () => ({ ...(await store.load()), head: { seq, id: 'x' } }),
      unlisted: async () => unlisted,
      audit: {
        read: (options) => trail.read(options),
        verify: async () => fine,
        head: async () => empty,
        get: async (id) => audit.find((entry) => entry.id === id),
        seal: async () => empty,
      },
      outbox: { ...store.outbox, pending: async () => pending, parked: async () => parked },
    };
  }

  const entry = (id: string, commitId: string): AuditEntry => {
    const seq = Number.parseInt(id, 10);
    return { id, seq, commitId, op: '', at: pressedAt, body: null };
  };
  const notice = (id: string, commitId: string): OutboxEntry => entry(id, commitId);

  const findingsOf = async (parts: Parameters<typeof storeWith>[0]) =>
    (await checkIntegrity({ store: storeWith(parts), problemOf })).findings.map(
      ({ what, where, problem }) => `${what} | ${where} | ${problem}`,
    );

  test('two commits of one number in the audit', async () => {
    expect(await findingsOf({ audit: [entry('3-0', 'a'), entry('3-1', 'b')] })).toEqual([
      'audit | audit entry 3-0 | Two commits bear the number 3, as after a failover that lost one of them.',
    ]);
  });

  test('a notice of a commit that a failover lost', async () => {
    expect(await findingsOf({ audit: [entry('3-0', 'a')], pending: [notice('3-0', 'b')] })).toEqual([
      'outbox | notice 3-0 | Commit 3 is another one in the audit: it was lost in a failover.',
    ]);
  });

  test('a notice that is there twice', async () => {
    const twice = { pending: [notice('3-0', 'a')], parked: [{ ...notice('3-0', 'a'), reason: 'x' }] };
    expect(await findingsOf(twice)).toEqual([
      'outbox | notice 3-0 | It is both waiting and set aside, or there twice.',
    ]);
  });

  test('traces of commits that are newer than the newest', async () => {
    expect(await findingsOf({ pending: [notice('12-0', 'a')] })).toEqual([
      'sequence | commit 9 | It is the newest, but commit 12 left traces.',
    ]);
  });

  test('a document that no index names', async () => {
    expect(await findingsOf({ unlisted: [{ ns: 'flags', key: 'lost' }] })).toEqual([
      'index | flags:lost | It is there, but not listed: nobody loads it. Go back to a snapshot.',
    ]);
  });

  test('nothing wrong: entries and notices of commits in order', async () => {
    const audit = [entry('1-0', 'a'), entry('3-0', 'b'), entry('3-1', 'b')];
    expect(await findingsOf({ audit, pending: [notice('3-0', 'b'), notice('2-0', 'c')] })).toEqual([]);
  });
});
