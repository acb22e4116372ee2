import { expect, it } from 'vitest';
import type { Handover, ReleasesDocument } from '../../../../src/lib/deployments/releases/documents.js';
import { asked, changedOver, firstStart, ownerAt } from '../../../../src/lib/deployments/releases/turns.js';

const by = { by: '1', at: 0 };
const handover = (id: string, to: string): Handover => ({ id, to, why: 'A test wants it.', by, since: 5 });
const first: ReleasesDocument = { v: 1, ...firstStart('1', 0) };

it('the event of the very millisecond of T is the new release’s, the one before it the old one’s', () => {
  const document: ReleasesDocument = { v: 2, ...changedOver(first, handover('h', '2'), 1_000, false) };
  expect([999, 1_000].map((at) => ownerAt(document, at))).toEqual(['1', '2']);
});

it('a handover that goes on to the same release keeps its id, so that acknowledgements stay good; another gets its own', () => {
  const prepared: ReleasesDocument = { v: 2, ...asked(first, handover('h1', '2'), undefined) };
  expect(asked(prepared, handover('h2', '2'), by).handover?.id).toBe('h1');
  expect(asked(prepared, handover('h3', '3'), undefined).handover?.id).toBe('h3');
});

it('what is left for good is marked as rolled back, and never what is gone to', () => {
  expect(asked(first, handover('h', '2'), by).known['1']?.rolledBack).toEqual(by);
  expect(asked(first, handover('h', '1'), by).known['1']?.rolledBack).toBeNull();
  const known = { ...first.known, '0': { firstSeen: 0, rolledBack: by } };
  expect(asked({ ...first, known }, handover('h', '2'), by).known).toEqual({
    ...{ '0': known['0'], '1': { firstSeen: 0, rolledBack: by } },
  });
});
