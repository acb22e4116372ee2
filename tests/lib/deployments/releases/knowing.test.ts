/** What is known of who answers: turns, shards, and how far a process can see. */
import { describe, expect, it } from 'vitest';
import { isComplete, uncovered } from '../../../../src/lib/deployments/releases/coverage.js';
import {
  type Handover,
  type ReleasesDocument,
  releasesKey,
} from '../../../../src/lib/deployments/releases/documents.js';
import { HandoverFailed } from '../../../../src/lib/deployments/releases/errors.js';
import { readReleases } from '../../../../src/lib/deployments/releases/schema.js';
import { Sight } from '../../../../src/lib/deployments/releases/Sight.js';
import {
  changedOver,
  earliest,
  firstStart,
  isRolledBack,
  ownerAt,
  stoodIn,
  withdrawn,
} from '../../../../src/lib/deployments/releases/turns.js';

const by = { by: '1', at: 0 };
const handover: Handover = { id: 'h', to: '2', why: 'A test wants it.', by, since: 5 };
const first: ReleasesDocument = { v: 1, ...firstStart('1', 0) };
const prepared: ReleasesDocument = { ...first, v: 2, handover };

describe('turns', () => {
  it('of one shard are that shard’s alone, until everybody’s change', () => {
    const stood: ReleasesDocument = {
      v: 2,
      ...stoodIn(first, [{ release: '2', since: 100, shard: '3/16' }]),
    };
    expect([ownerAt(stood, 100, '3/16'), ownerAt(stood, 99, '3/16')]).toEqual(['2', '1']);
    expect([ownerAt(stood, 100, '4/16'), ownerAt(stood, 100)]).toEqual(['1', '1']);
    const over: ReleasesDocument = { v: 3, ...changedOver(stood, { ...handover, to: '3' }, 200, false) };
    expect([ownerAt(over, 199, '3/16'), ownerAt(over, 200, '3/16')]).toEqual(['2', '3']);
  });

  it('never overlap: the next is later than all of them', () => {
    expect(earliest(first)).toBe(1);
    const stood = stoodIn(first, [{ release: '2', since: 100, shard: '3/16' }]);
    expect(earliest({ v: 2, ...stood })).toBe(101);
  });

  it('the newest 64 stay, and it is always said who answers for all', () => {
    let document: ReleasesDocument = { v: 1, ...changedOver(first, handover, 10, false) };
    for (let since = 11; since < 100; since++) {
      document = { v: since, ...stoodIn(document, [{ release: '1', since, shard: '3/16' }]) };
    }
    expect(document.turns).toHaveLength(64);
    expect(document.turns[0]).toEqual({ release: '2', since: 10, shard: null });
    expect(ownerAt(document, 50, '9/16')).toBe('2');
  });

  it('a change forgets nothing of what is known of other releases', () => {
    const known = { '1': { firstSeen: 0, rolledBack: by }, '2': { firstSeen: 3, rolledBack: by } };
    const over = (isForgiven: boolean) => changedOver({ ...prepared, known }, handover, 10, isForgiven);
    expect(over(true)).toMatchObject({
      ...{ active: { release: '2', since: 10 }, previous: '1', handover: null },
      known: { '1': known['1'], '2': { firstSeen: 3, rolledBack: null } },
    });
    expect(over(false).known['2']).toEqual(known['2']);
    expect(changedOver(prepared, handover, 10, false).known['2']).toEqual({
      firstSeen: 10,
      rolledBack: null,
    });
  });

  it('a handover that is taken back marks its release, where it is to stay away', () => {
    expect(withdrawn(prepared)).toMatchObject({ handover: null, known: first.known });
    const marked = withdrawn(prepared, by);
    expect(marked.known).toEqual({ ...first.known, '2': { firstSeen: handover.since, rolledBack: by } });
    expect([isRolledBack(marked, '2'), isRolledBack(marked, '1'), isRolledBack(marked, '9')]).toEqual([
      ...[true, false, false],
    ]);
  });
});

describe('shards', () => {
  const serves = (shards: number[], shardCount = 3) => ({ shards, shardCount });

  it('are complete where every one of some count is served', () => {
    expect(isComplete([serves([0, 1]), serves([2])])).toBe(true);
    expect(isComplete([serves([0]), serves([2])])).toBe(false);
    // Another count of shards beside them does not matter.
    expect(isComplete([serves([0], 9), serves([0, 1, 2])])).toBe(true);
    expect(isComplete([])).toBe(false);
    expect(isComplete([serves([], 0)])).toBe(false);
  });

  it('that nobody takes over are named', () => {
    expect(uncovered([serves([2, 0, 1])], [serves([1])])).toEqual(['0/3', '2/3']);
    expect(uncovered([serves([0, 1, 2])], [serves([0], 1)])).toEqual([]);
    expect(uncovered([serves([0])], [serves([0], 9)])).toEqual(['0/3']);
  });
});

describe('how far a process sees', () => {
  function sight() {
    let changes = 0;
    const one = new Sight(() => (changes += 1));
    return { one, changes: () => changes };
  }

  it('is everything while nothing is prepared, and half a second beyond its last reading while something is', () => {
    const { one } = sight();
    expect(one.ownerAt(5)).toBeUndefined();
    one.saw(first, 1_000);
    expect(one.ownerAt(99_999)).toBe('1');
    one.saw(prepared, 2_000);
    expect([one.canTell(2_499), one.canTell(2_500)]).toEqual([true, false]);
    expect([one.ownerAt(2_499), one.ownerAt(2_500)]).toEqual(['1', undefined]);
    one.saw(prepared, 2_100);
    expect(one.canTell(2_599)).toBe(true);
    one.saw(prepared, 1_000);
    expect(one.canTell(2_599)).toBe(true);
  });

  it('is not turned back by an older document, and tells of a newer one once', () => {
    const { one, changes } = sight();
    one.saw(prepared, 1);
    one.saw(first, 2);
    one.saw(prepared, 3);
    expect([one.document?.v, changes()]).toEqual([2, 1]);
  });

  it('goes by the feed, where it is about the releases', () => {
    const { one } = sight();
    const commit = (ns: string, key: string, document: unknown, at: number) =>
      one.commits([{ seq: 1, id: 'x', at, documents: [{ ns, key, document }] }] as never);
    commit('flags', releasesKey, prepared, 1_000);
    commit('deployments', 'other', prepared, 1_000);
    expect(one.document).toBeUndefined();
    commit('deployments', releasesKey, prepared, 1_000);
    expect([one.document?.v, one.canTell(1_499), one.canTell(1_500)]).toEqual([2, true, false]);
  });

  it('begins anew with what is loaded, wherever it stood before', () => {
    const { one } = sight();
    one.saw({ ...prepared, v: 9 }, 9_000);
    const documents = { deployments: new Map([[releasesKey, prepared]]) };
    one.reload({ documents, damaged: [], at: 1_000 } as never);
    expect([one.document?.v, one.canTell(1_499), one.canTell(1_500)]).toEqual([2, true, false]);
  });

  it('keeps the last good document where a load cannot read it: not knowing would let both releases answer', () => {
    const { one } = sight();
    const half = { ...first, active: undefined };
    const damage = { ns: 'deployments', key: releasesKey, problem: 'It is no JSON.' };
    for (const { stored, damaged, problem } of [
      { stored: [[releasesKey, half]], damaged: [], problem: 'active' },
      { stored: [], damaged: [damage], problem: 'It is no JSON.' },
    ]) {
      one.saw(first, 1);
      one.reload({ documents: { deployments: new Map(stored as never) }, damaged, at: 2 } as never);
      expect(one.document?.v).toBe(1);
      expect(one.problem).toContain(problem);
    }
    one.reload({ documents: { deployments: new Map() }, damaged: [], at: 3 } as never);
    expect([one.document, one.problem]).toEqual([undefined, undefined]);
  });

  it('keeps the last good document where one cannot be read, and says why', () => {
    const { one } = sight();
    one.saw(first, 1);
    const documents = [{ ns: 'deployments', key: releasesKey, document: { v: 7, schema: 1 } }];
    one.commits([{ seq: 7, id: 'x', at: 2, documents }] as never);
    expect(one.document?.v).toBe(1);
    expect(one.problem).toContain('active');
  });

  it('wakes whoever waits, with every reading', async () => {
    const { one } = sight();
    const moved = [one.moved(), one.moved()];
    one.saw(undefined, 1);
    await Promise.all(moved);
    const again = one.moved();
    one.reachable(false);
    await again;
    expect(one.isReachable).toBe(false);
  });
});

it('a document is read whole: who answers, since when, and who is meant next', () => {
  expect(readReleases(prepared as never)).toEqual({ document: prepared });
  for (const broken of [
    { active: undefined },
    { active: { release: '1' } },
    { turns: [] },
    { turns: [{ since: 0, shard: null }] },
    { turns: [{ release: '1', shard: null }] },
    { handover: { ...handover, to: undefined } },
    { known: { '1': { rolledBack: null } } },
  ])
    expect(readReleases({ ...prepared, ...broken } as never), JSON.stringify(broken)).toHaveProperty(
      'problem',
    );
});

it('a handover that waits names who is waited for', () => {
  const silent = (...names: string[]) => names.map((process) => ({ process, release: '1' })) as never;
  const one = new HandoverFailed('2', silent('a'));
  expect(one.message).toBe('The handover to 2 waits for a (1): it lives, but did not acknowledge.');
  expect(one.context).toEqual({ to: '2', silent: ['a'] });
  expect(new HandoverFailed('2', silent('a', 'b')).message).toContain('a (1), b (1): they live');
  expect(new HandoverFailed('2', []).message).toBe('The handover to 2 was not finished in time.');
  expect([one.next, new HandoverFailed('2', []).next].map((next) => next?.slice(0, 10))).toEqual([
    ...['Stop that ', 'It goes on'],
  ]);
});
