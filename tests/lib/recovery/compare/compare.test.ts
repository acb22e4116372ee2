import { afterEach, beforeEach, expect, it } from 'vitest';
import { compare } from '../../../../src/lib/recovery/compare/compare.js';
import { comparisonLines } from '../../../../src/lib/recovery/compare/lines.js';
import type { Side } from '../../../../src/lib/recovery/compare/Comparison.js';
import type { DocumentBody, Namespace } from '../../../../src/lib/state/Store.js';
import { flag, guild, Ground } from '../ground.js';

let ground: Ground;
beforeEach(async () => {
  ground = await Ground.make();
});
afterEach(() => ground.close());

function side(name: string, documents: Partial<Record<Namespace, Record<string, DocumentBody>>>): Side {
  const stored = (ns: Namespace): Map<string, DocumentBody> =>
    new Map(Object.entries(documents[ns] ?? {}).map(([key, body]) => [key, { v: 1, ...body }]));
  return { name, seq: 1, documents: stored };
}
const lines = async (from: Side, to: Side): Promise<readonly string[]> =>
  comparisonLines(await compare(from, to));

it('says of each flag how it serves before and after, and of other fields which', async () => {
  const killed = { by: '1', at: 1 };
  const from = side('now', {
    flags: {
      a: flag('a'),
      b: flag('b', { killed }),
      c: flag('c'),
      same: { ...flag('same'), v: 7 },
      gone: flag('gone', { enabled: false }),
    },
  });
  const to = side('then', {
    flags: {
      a: flag('a', { enabled: false }),
      b: flag('b', { basisPoints: 10_000 }),
      c: flag('c', { description: 'else', owner: 'team' }),
      same: { ...flag('same', { servedSince: 1 }), v: 3 },
      added: flag('added', { ceiling: 5 }),
    },
  });
  expect(await lines(from, to)).toEqual([
    'flags: 3 changed, 1 added, 1 gone (5 → 5 documents)',
    '  a: on at 25 % → off',
    '  b: killed → on at 100 %',
    '  c: description and owner differ',
    '  gone: off → not there',
    '  added: not there → on at 25 %, being rolled back',
  ]);
});

it('adds guilds up by flag, however many they are', async () => {
  const by = { by: '1', at: 1 };
  const allow = { override: { is: 'allow' as const, ...by } };
  const many = (count: number): Record<string, DocumentBody> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [String(n), guild(String(n), { x: allow, y: { joined: by } })]),
    );
  const from = side('now', { guilds: many(300) });
  const to = side('then', {
    guilds: { ...many(2), deny: guild('deny', { x: { override: { is: 'deny', ...by } } }) },
  });
  expect(await lines(from, to)).toEqual([
    'guilds: 1 added, 298 gone (300 → 3 documents)',
    '  x: 300 guilds allowed → 2',
    '  x: 0 guilds denied → 1',
    '  y: 300 guilds joined → 2',
  ]);
});

it('stays short where everything differs', async () => {
  const flags = (percent: number): Record<string, DocumentBody> =>
    Object.fromEntries(
      Array.from({ length: 500 }, (_, n) => [`f${n}`, flag(`f${n}`, { basisPoints: percent * 100 })]),
    );
  const told = await lines(side('now', { flags: flags(1) }), side('then', { flags: flags(2) }));
  expect(told).toHaveLength(14);
  expect(told.at(-1)).toBe('  … and 488 more');
});

it('words settings and what nobody here can read', async () => {
  const off = { by: '1', at: 1 };
  const from = side('now', { settings: { switch: { schema: 1, off } }, flags: { odd: { schema: 9 } } });
  const to = side('then', {
    settings: { switch: { schema: 1, off: null } },
    flags: { odd: flag('odd') },
    rollouts: { 'R1.evidence': { schema: 1 }, R1: { schema: 1, state: 'running' } },
  });
  expect(await lines(from, to)).toEqual([
    'flags: 1 changed (1 → 1 document)',
    '  odd: unreadable → on at 25 %',
    'rollouts: 2 added (0 → 2 documents)',
    '  R1: not there → running',
    '  … and 1 more',
    'settings: 1 changed (1 → 1 document)',
    '  switch: everything off → released',
  ]);
});

it('finds nothing between a state and its own snapshot', async () => {
  await ground.put('flags', 'a', flag('a'));
  const { name } = await ground.keeper().take('asked');
  expect((await ground.recovery().compare(name, 'now')).kinds).toEqual([]);
  await ground.put('flags', 'a', flag('a', { enabled: false }));
  expect((await ground.recovery().compare(name, 'now')).kinds).toMatchObject([
    { ns: 'flags', changed: 1, lines: ['a: on at 25 % → off'] },
  ]);
});
