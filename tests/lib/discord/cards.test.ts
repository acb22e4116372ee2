import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/lib/alerts/Card.js';
import { confirmCard, doneCard, unchangedCard } from '../../../src/lib/discord/changeCards.js';
import { cohortListCard } from '../../../src/lib/discord/cohortCards.js';
import { showState } from '../../../src/lib/discord/flagState.js';
import { historyCard } from '../../../src/lib/discord/historyCard.js';
import { infoCard } from '../../../src/lib/discord/infoCard.js';
import { filterFromArgs, filterToArgs, listCard } from '../../../src/lib/discord/listCard.js';
import { pageOf } from '../../../src/lib/discord/pages.js';
import { renderCard } from '../../../src/lib/discord/renderCard.js';
import { withStaleness } from '../../../src/lib/discord/staleness.js';
import { whyCard } from '../../../src/lib/discord/whyCard.js';
import { UnknownGuild } from '../../../src/lib/flags/errors.js';
import { rules, type HistoryLine } from '../../../src/lib/flags/results.js';
import { flagDocument, flagsRoom, proposal } from './flagsFixture.js';

/** All that a person reads on a card, a line each. */
const read = (card: Card): string => {
  const { embeds, components } = renderCard(card);
  const fields = (embeds[0]?.fields ?? []).map(({ name, value }) => `${name}: ${value}`);
  const buttons = components.flatMap((row) =>
    row.components.map((button) => 'label' in button && `[${button.label}]`),
  );
  return [embeds[0]?.title, embeds[0]?.description, ...fields, ...buttons].join('\n');
};
const stamp = { by: '123456789012345678', at: 1_000_000 };
const wide = {
  guilds: 38,
  members: 12_345,
  outOf: 50,
  guildsOff: 1,
  byFlag: [
    { flag: 'a', on: 38, off: 0 },
    { flag: 'b', on: 0, off: 1 },
  ],
};

describe('a change', () => {
  it('before its confirmation shows guilds, members, share and the change in words', () => {
    const shown = read(
      confirmCard(proposal({ blast: wide, notes: ['A note.'], reason: 'launch' }), 'ID', 120_000),
    );
    expect(shown).toContain('Enable new_greeting for everyone?');
    expect(shown).toContain('38 of 50 guilds (76 %) with 12,345 members');
    expect(shown).toContain('Newly off for: 1 of 50 guilds');
    expect(shown).toContain('percentage: 0 % → **100 %**');
    expect(shown).toContain('**a**: 38 on\n**b**: 1 off');
    expect(shown).toContain('Reason: launch');
    expect(shown).toContain('<t:120:R>');
    expect(shown).toContain('[Confirm]\n[Cancel]');
  });

  it('of a small share does not read as none', () => {
    const blast = { guilds: 1, members: 5, outOf: 10_000, guildsOff: 0, byFlag: [] };
    expect(read(doneCard(proposal({ blast }), '7-0'))).toContain('1 of 10,000 guilds (0.1 %)');
  });

  it('that changes nothing says what is so already', () => {
    expect(read(unchangedCard(proposal()))).toContain('It is already so: Enable new_greeting for everyone.');
  });
});

describe('a state is said in words beside its sign', () => {
  it.each([
    [{ basisPoints: 10_000 }, 'on for everyone'],
    [{ basisPoints: 25 }, 'on for 0.25 %'],
    [{ basisPoints: 0 }, 'on only by name'],
    [{ enabled: false }, 'disabled'],
    [{ killed: stamp }, 'killed'],
    [{ archived: stamp, killed: stamp }, 'archived'],
    [{ basisPoints: 5000, ceiling: 7 }, 'being rolled back'],
  ])('%o', (change, words) => {
    expect(showState(flagDocument(change))).toContain(words);
  });
});

describe('/feature list', () => {
  const flags = (count: number, off = false) =>
    flagsRoom({
      list: () =>
        Array.from({ length: count }, (_, index) => flagDocument({ key: `f${index}`, expiresAt: 5000 })),
      switchedOff: () => (off ? stamp : undefined),
    });

  it('pages with buttons that carry the filter', () => {
    const filter = { state: 'on', kind: 'ops', owner: 'a:b', text: '50%' } as const;
    const card = listCard(flags(30), filter, 1);
    expect(card.title).toBe('30 flags, page 2 of 3');
    expect(card.buttons?.map(({ label, args }) => [label, args[0]])).toEqual([
      ['Previous', '0'],
      ['Next', '2'],
    ]);
    expect(filterFromArgs(card.buttons?.[0]?.args.slice(1) ?? [])).toEqual(filter);
    expect(filterFromArgs(filterToArgs({}))).toEqual({});
    expect(() => renderCard(card)).not.toThrow();
  });

  it('says how to begin, and that nothing matches', () => {
    expect(read(listCard(flags(0), {}, 0))).toContain('/feature create');
    expect(read(listCard(flags(0), { text: 'x' }, 0))).toContain('No flag matches');
  });

  it('says first that everything is off', () => {
    const shown = read(listCard(flags(1, true), {}, 0));
    expect(shown.indexOf('Everything is off')).toBeLessThan(shown.indexOf('f0'));
  });

  it('shows the last page where a list has shrunk', () => {
    expect(pageOf([1, 2, 3], 9, 2)).toEqual({ items: [3], number: 1, count: 2 });
    expect(pageOf([], Number.NaN, 2)).toEqual({ items: [], number: 0, count: 1 });
  });
});

it('/feature info shows state, reach, people and links', () => {
  const flag = flagDocument({
    killed: { ...stamp, reason: 'errors' },
    requires: ['base'],
    seed: 's',
    cohorts: { c: { override: 'deny', ...stamp } },
  });
  const overview = {
    flag,
    guildsOn: 3,
    membersOn: 40,
    outOf: 50,
    allowed: 1,
    denied: 2,
    joined: 3,
    waiting: 4,
    keptOff: 5,
    dependants: ['child'],
  };
  const shown = read(
    infoCard(
      flagsRoom({ switchedOff: () => undefined, flag: () => flagDocument({ key: 'base', killed: stamp }) }),
      overview,
      'not yet',
    ),
  );
  for (const part of [
    '🛑 killed',
    '3 of 50 guilds with 40 members',
    'by <@123456789012345678>: errors',
    '1 guild allowed, 2 guilds denied, deny cohort c',
    'closed, 3 joined, 4 waiting, 5 keep it off',
    'Requires: base (killed)',
    'Required by: child',
    'Seed: s',
    'Last used: not yet',
  ])
    expect(shown).toContain(part);
});

it('/feature why shows each of the eleven rules, and which one decides', () => {
  const flags = flagsRoom({
    evaluate: () => ({
      value: false,
      reason: 'TARGETING_MATCH',
      rule: 'denied',
      detail: 'off: staff denied this guild on 3 May',
    }),
    explain: () =>
      rules.map((rule, index) => ({
        rule,
        answer: index < 5 ? 'passed' : index === 5 ? 'off' : 'not reached',
        detail: 'd',
      })),
  });
  const shown = read(whyCard(flags, 'x', { id: '5', name: 'Guild *five*', members: 1, joinedAt: 0 }));
  expect(shown).toContain('x is off in Guild \\*five\\*');
  expect(shown).toContain('staff denied this guild on 3 May');
  expect(shown).toContain('6) **denied by staff** — decides off: d');
  expect(shown).toContain('11) otherwise — not reached');
});

describe('/feature history', () => {
  const line = (seq: number): HistoryLine => ({
    entry: `${seq}-0`,
    at: 5000,
    by: { id: stamp.by, name: 'admin' },
    title: `Change ${seq}`,
    differences: [{ what: 'percentage', before: '0 %', after: '25 %' }],
    reason: 'because',
    undoneBy: seq === 20 ? '21-0' : undefined,
  });
  const flags = flagsRoom({
    history: async (_flag, limit) => Array.from({ length: limit }, (_, index) => line(20 - index)),
  });

  it('shows number, who, when, reason, before → after, and what undid it', async () => {
    const shown = read(await historyCard(flags, 'x'));
    expect(shown).toContain('#20 Change 20: <t:5:f> by <@123456789012345678>: because (undone by #21)');
    expect(shown).toContain('percentage: 0 % → **25 %**');
  });

  it('leads to what is older, and back', async () => {
    const card = await historyCard(flags, 'x', '21-0');
    expect(card.buttons?.map(({ label, args }) => [label, ...args])).toEqual([
      ['Newest', 'x', ''],
      ['Older', 'x', '13-0'],
    ]);
    const empty = await historyCard(flagsRoom({ history: async () => [] }), undefined);
    expect(read(empty)).toContain('Nothing was changed yet.');
  });
});

describe('/cohort list', () => {
  const cohort = {
    v: 1,
    schema: 1,
    name: 'friends',
    description: 'Early birds',
    guilds: ['5', '6'],
    created: stamp,
    updated: stamp,
  } as const;
  const flags = flagsRoom({
    cohorts: () => [cohort],
    cohort: () => cohort,
    resolveGuild: (id) => {
      if (id === '6') throw new UnknownGuild(id);
      return { id, name: 'Five', members: 1, joinedAt: 0 };
    },
  });

  it('shows all, or the guilds of one, those that the bot has left included', () => {
    expect(read(cohortListCard(flags, undefined, 0))).toContain('`friends` 2 guilds · Early birds');
    expect(read(cohortListCard(flags, 'friends', 0))).toContain('`5` Five\n`6` (the bot is not there now)');
    expect(read(cohortListCard(flagsRoom({ cohorts: () => [] }), undefined, 0))).toContain('/cohort create');
  });
});

it('while the store is away, every card says as of when it is', () => {
  const card: Card = { tone: 'info', title: 'x' };
  expect(read(withStaleness(card, { since: 90_000 }))).toContain('This is as of <t:90:f>');
  expect(withStaleness(card, undefined)).toBe(card);
});
