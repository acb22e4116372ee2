import { count } from '../../../../src/lib/core/count.js';
import { describe, expect, it } from 'vitest';
import type { Card, Text } from '../../../../src/lib/alerts/Card.js';
import { asJson, readNotice } from '../../../../src/lib/alerts/noticeSchema.js';
import {
  betaAnswered,
  type BetaEvent,
  betaNews,
  betaRequested,
} from '../../../../src/lib/alerts/wording/beta.js';
import { digest } from '../../../../src/lib/alerts/wording/digest.js';
import { everythingOff, everythingOn } from '../../../../src/lib/alerts/wording/everything.js';
import { lines, who } from '../../../../src/lib/alerts/wording/facts.js';
import { flagChanged } from '../../../../src/lib/alerts/wording/flagChanged.js';
import { documentDamaged, documentsDamaged } from '../../../../src/lib/alerts/wording/recovery.js';
import { changesLost } from '../../../../src/lib/alerts/wording/stateNews.js';

const admin = { id: '42', name: 'admin' };
const guild = { id: '77', name: 'beta_server_1', members: 1_234 };

/** As a person reads it, without what Discord draws specially. */
function plain(text: Text): string {
  if (typeof text === 'string') return text;
  return text
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('br' in part) return '\n';
      if ('time' in part) return new Date(part.time).toISOString().slice(0, 10);
      return Object.values(part).join('');
    })
    .join('');
}

/** Everything on a card, a line each. */
function read({ title, body = '', todo = '', fields = [], buttons = [] }: Card): string {
  const shown = fields.map(({ name, value }) => `${name}: ${plain(value)}`);
  const said = [title, plain(body), ...(todo === '' ? [] : [`To do: ${plain(todo)}`])];
  return [...said, ...shown, ...buttons.map(({ label }) => `[${label}]`)].join('\n');
}

const betaEvents: readonly BetaEvent[] = ['joined', 'left', 'killed', 'restored', 'released', 'lapsed'];

const every: readonly Card[] = [
  flagChanged({ title: 'Kill x', differences: [], by: admin, tone: 'bad' }),
  everythingOff({ by: admin }),
  everythingOn({ by: admin, reason: 'all clear' }),
  betaRequested({ flag: 'x', description: '', guild, by: admin }),
  betaAnswered({ flag: 'x', guildName: 'g', answer: 'approved' }),
  betaAnswered({ flag: 'x', guildName: 'g', answer: 'declined', reason: 'full' }),
  ...betaEvents.map((event) => betaNews({ flag: 'x', description: 'A thing.', event, by: admin })),
  changesLost([{ seq: 7, id: '7F3KQX' }]),
  documentsDamaged([{ ns: 'flags', key: 'x', problem: 'is no JSON', lastGood: undefined }]),
];

it('every card survives the outbox as it is', () => {
  for (const card of every) {
    const notice = { kind: 'test', to: 'operations', card } as const;
    expect(readNotice(asJson(notice))).toEqual(JSON.parse(JSON.stringify(notice)));
  }
});

describe('a change', () => {
  it('shows before and after, who, why, what is worth knowing, and a way back', () => {
    const card = flagChanged({
      title: 'Enable x for 25 % of guilds',
      differences: [
        { what: 'enabled', before: 'no', after: 'yes' },
        { what: 'percentage', before: '0 %', after: '25 %' },
      ],
      by: admin,
      reason: 'canary',
      notes: ['It was disabled.'],
    });
    expect(read(card)).toBe(
      [
        'Enable x for 25 % of guilds',
        'It was disabled.',
        'To do: Nothing. Undo takes it back.',
        'Before → after: enabled: no → yes\npercentage: 0 % → 25 %',
        'By: 42',
        'Reason: canary',
        '[Undo]',
      ].join('\n'),
    );
    expect(card.buttons?.[0]).toMatchObject({ action: 'undo', args: ['{entry}'] });
  });

  it('that cannot be undone has no button; without a reason it says so', () => {
    const card = flagChanged({ title: 'Undo #12', differences: [], by: admin, canUndo: false });
    expect(card.buttons).toBeUndefined();
    expect(read(card)).toContain('Reason: none given');
  });
});

describe('facts', () => {
  it('a person is a mention, the program a name', () => {
    expect(who(admin)).toEqual([{ user: '42' }]);
    expect(who({ id: 'system:code', name: "the bot's code" })).toBe("the bot's code");
  });

  it('of more than ten lines nine are shown, and how many are left', () => {
    const ten = Array.from({ length: 10 }, (_, number) => `line ${number}`);
    expect(plain(lines(ten)).split('\n')).toEqual(ten);
    expect(plain(lines([...ten, 'one more'])).split('\n')).toEqual([...ten.slice(0, 9), '… and 2 more']);
  });

  it('one is singular', () => {
    expect([count(1, 'guild'), count(0, 'guild'), count(12_345, 'guild')]).toEqual([
      '1 guild',
      '0 guilds',
      '12,345 guilds',
    ]);
  });
});

describe('betas', () => {
  it('a request names the guild, its size and who asks, with both answers', () => {
    const card = betaRequested({ flag: 'x', description: 'A thing.', guild, by: admin });
    expect(read(card)).toContain('Guild: beta_server_1 77\nMembers: 1,234 members\nAsked by: 42');
    expect(card.buttons?.map(({ action, args }) => [action, ...args])).toEqual([
      ['beta-approve', '{entry}'],
      ['beta-decline', '{entry}'],
    ]);
  });

  it('an answer says what it means and what can be done', () => {
    expect(read(betaAnswered({ flag: 'x', guildName: 'g', answer: 'approved' }))).toContain('/beta leave');
    const declined = read(betaAnswered({ flag: 'x', guildName: 'g', answer: 'declined', reason: 'full' }));
    expect(declined).toContain('nothing changed in your guild');
    expect(declined).toContain('Reason: full');
  });

  it('news tell each event in words of its own', () => {
    const texts = betaEvents.map((event) => read(betaNews({ flag: 'x', description: '', event })));
    expect(new Set(texts).size).toBe(betaEvents.length);
  });
});

describe('the digest', () => {
  const time = Date.UTC(2027, 0, 31);

  it('is nothing where there is nothing to say', () => {
    expect(digest({ expired: [], settled: [], unused: [] })).toBeNull();
  });

  it('lists flags by what is the matter with them, and counts each flag once', () => {
    const card = digest({
      expired: [{ flag: 'old', owner: 'chat', expiredAt: time }],
      settled: [{ flag: 'old', percent: 100, since: time }],
      unused: [{ flag: 'dusty', lastUsedAt: undefined }],
    });
    expect(card === null ? '' : read(card)).toBe(
      [
        'Weekly look at the flags: 2 flags could be tidied up',
        'They are past their expiry, settled, or not asked about any more.',
        'To do: Remove what the code no longer needs, then /feature archive it; or give it a new date with /feature edit.',
        'Past their expiry (1): old expired 2027-01-31, owned by chat',
        'Settled for 30 days (1): old at 100 % since 2027-01-31',
        'Unused for 30 days (1): dusty was never asked about',
      ].join('\n'),
    );
  });
});

describe('the state', () => {
  it('lost changes are named as the notices that told them were', () => {
    expect(read(changesLost([{ seq: 128, id: '7F3KQX' }]))).toContain('Lost: #128-7F3K');
  });

  it('damaged documents are named with what is wrong', () => {
    const fact = { ns: 'flags', key: 'x', problem: 'is no JSON', lastGood: undefined };
    expect(read(documentsDamaged([fact]))).toContain('flags:x is no JSON');
    expect(read(documentDamaged(fact, 'id', true))).toContain('None was found');
  });

  it('the last good version is offered only where there is one', () => {
    const fact = { ns: 'flags', key: 'x', problem: 'is no JSON', lastGood: 'the snapshot s' };
    expect(documentDamaged(fact, 'id', true).buttons?.map(({ args }) => args)).toEqual([['id']]);
    expect(documentDamaged({ ...fact, lastGood: undefined }, 'id', true).buttons).toBeUndefined();
  });
});
