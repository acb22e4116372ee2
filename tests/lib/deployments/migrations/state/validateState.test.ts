import { describe, expect, it } from 'vitest';
import type { StateMigration } from '../../../../../src/lib/deployments/migrations/state/StateMigration.js';
import { requireWhole } from '../../../../../src/lib/deployments/migrations/state/StateMigration.js';
import { validateState } from '../../../../../src/lib/deployments/migrations/state/validateState.js';
import {
  namespaces,
  type Documents,
  type LoadedState,
  type StoredDocument,
} from '../../../../../src/lib/state/Store.js';
import { migrations } from './splitName.js';

const stateOf = (cohorts: Record<string, StoredDocument>): LoadedState => ({
  head: { seq: 9, id: 'x' },
  at: 0,
  damaged: [],
  documents: {
    ...(Object.fromEntries(namespaces.map((ns) => [ns, new Map()])) as unknown as Documents),
    cohorts: new Map(Object.entries(cohorts)),
  },
});

const validate = (
  cohorts: Record<string, StoredDocument>,
  list: readonly StateMigration[] = migrations,
  target = 2,
) =>
  validateState({
    ...{ migrations: list, target },
    load: async () => stateOf(cohorts),
    keep: async () => ({ name: 'before.snapshot.gz', bytes: 77, documents: 2 }),
    realTime: { now: () => 0 },
  });

const document = (name: string): StoredDocument => ({ v: 3, schema: 1, name });

describe("the five checks of the state's own migrations", () => {
  it('pass where every document is moved and comes back', async () => {
    const { verdict, checks } = await validate({ c1: document('Ada One'), x: document('Eve Two') });
    expect(verdict).toBe('passed');
    expect(checks.map(({ name, sentence }) => `${name}: ${sentence}`)).toEqual([
      'syntax: 2 migrations, numbered without a gap.',
      'backup: before.snapshot.gz was written and read back: 2 documents, 77 bytes.',
      'dry run: 2 documents would be moved.',
      expect.stringMatching(/^performance impact: 2 documents, \d+ bytes, 0 ms, 1 commit; flags go on/),
      'rollback script: Every document is what it was after up and down.',
    ]);
    expect(checks[2]?.evidence).toEqual([
      'cohorts: schema 1 to 3, 1 document',
      'cohorts: schema 1 to 2, 1 document',
    ]);
  });

  it('name the document that a migration stumbles over', async () => {
    const { checks } = await validate({ c1: { v: 1, schema: 1, name: 7 } });
    expect(checks[2]).toMatchObject({ verdict: 'failed' });
    expect(checks[2]?.sentence).toContain('cannot take cohorts:c1: the name is no text');
    expect(checks[4]?.verdict).toBe('not-run');
  });

  it('name the documents whose way back leads elsewhere', async () => {
    // Two blanks: what is behind the second is dropped, and no way back knows it.
    const { checks } = await validate({ c1: document('Ada Byron King'), c2: document('Eve Two') });
    expect(checks[4]).toMatchObject({
      verdict: 'failed',
      evidence: ['cohorts:c1 is not what it was after up and down'],
    });
  });

  it('fail a document that becomes larger than the store takes', async () => {
    const bloat: StateMigration = {
      ...{ id: 1, title: 'more', ns: 'cohorts', from: 1 },
      up: (body) => ({ ...body, more: 'x'.repeat(5 * 1024 * 1024) }),
      down: ({ more: _more, ...rest }) => rest,
    };
    const { checks } = await validate({ c1: document('Ada') }, [bloat], 1);
    expect(checks[3]).toMatchObject({ verdict: 'failed' });
    expect(checks[3]?.evidence[0]).toMatch(/^cohorts:c1: \d+ bytes$/);
  });

  it('refuse a list with a gap in its numbers or in its schemas', () => {
    const [first, second] = migrations;
    if (first === undefined || second === undefined) throw new Error('two are needed');
    expect(() => requireWhole([second])).toThrow('stands where number 1 should');
    expect(() => requireWhole([{ ...second, id: 1 }])).toThrow(
      'takes cohorts of schema 2, which nothing makes',
    );
    expect(() => requireWhole([first, { ...first, id: 3 }])).toThrow('Migration 3');
    expect(() => requireWhole(migrations)).not.toThrow();
  });

  it('refuse a target that there is not', async () => {
    expect((await validate({}, migrations, 3)).checks[2]?.sentence).toContain('There is no migration 3.');
  });
});
