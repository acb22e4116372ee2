import { describe, expect, it } from 'vitest';
import type { Card, Text } from '../../../../src/lib/alerts/Card.js';
import { asJson, readNotice } from '../../../../src/lib/alerts/noticeSchema.js';
import { everythingOn } from '../../../../src/lib/alerts/wording/everything.js';
import { flagChanged } from '../../../../src/lib/alerts/wording/flagChanged.js';
import {
  rollbackCancelled,
  rollbackEverywhere,
  rollbackHurried,
  rollbackInitiated,
  rollbackPaused,
  rollbackResumed,
  rollbackReturning,
  rollbackStepFailed,
} from '../../../../src/lib/alerts/wording/rollback.js';
import {
  rollbackCompleted,
  rollbackProofKnown,
  type RollbackEnd,
} from '../../../../src/lib/alerts/wording/rollbackEnd.js';
import { type RollbackFacts, stepLines } from '../../../../src/lib/alerts/wording/rollbackFacts.js';
import { stopwatch } from '../../../../src/lib/alerts/wording/stopwatch.js';
import { renderCard } from '../../../../src/lib/discord/renderCard.js';

const facts: RollbackFacts = {
  id: '7F3KQX00',
  revision: 1,
  kind: 'immediate',
  flag: 'new_greeting',
  trigger: 'data-corruption',
  reason: 'Orders are written twice',
  created: { by: '42', name: 'admin' },
  affected: { guilds: 1, members: 1_234 },
  rollouts: [],
  pressedAt: 1_000,
  offAt: 1_020,
  endedAt: 43_000,
};
const end: RollbackEnd = {
  steps: [
    { name: 'flags', state: 'done', startedAt: 1_000, endedAt: 1_020, detail: '' },
    { name: 'bring-up', state: 'failed', startedAt: 1_020, endedAt: 9_000, detail: 'It never became ready.' },
  ],
  proof: {
    verdict: 'proven',
    isFinal: true,
    checks: [{ name: 'flags-off', verdict: 'passed', sentence: 'All 3 processes answered.' }],
  },
  receipt: 'ab'.repeat(32),
};

function plain(text: Text = ''): string {
  if (typeof text === 'string') return text;
  return text
    .map((part) => (typeof part === 'string' ? part : 'br' in part ? '\n' : Object.values(part).join('')))
    .join('');
}
const read = ({ title, body, todo, fields = [], buttons = [] }: Card): string =>
  [
    title,
    plain(body),
    plain(todo),
    ...fields.map(({ name, value }) => `${name}: ${plain(value)}`),
    ...buttons.map(({ label }) => `[${label}]`),
  ].join('\n');

const every: readonly Card[] = [
  rollbackInitiated(facts),
  rollbackInitiated({ ...facts, kind: 'gradual', flag: null, rollouts: ['a', 'b'] }, 24.5),
  rollbackStepFailed(facts, { name: 'bring-up', detail: 'It never became ready.' }, ['Traffic stays.']),
  rollbackCompleted(facts, end),
  rollbackProofKnown(facts, end),
  rollbackPaused(facts, 1_400, 4_200),
  rollbackResumed(facts),
  rollbackHurried(facts, 'Errors went up.'),
  rollbackReturning(facts),
  rollbackCancelled(facts),
  rollbackEverywhere(facts, 12_000),
];

it('every card of a rollback survives the outbox as it is, with the file that it carries', () => {
  for (const card of every) {
    const file = { name: 'receipt-7F3KQX00.json', text: '{}' };
    const notice = { kind: 'rollback', to: 'operations', card, file } as const;
    expect(readNotice(asJson(notice))).toEqual(JSON.parse(JSON.stringify(notice)));
  }
});

it('a file whose name is a path is refused', () => {
  const file = { name: '../x.json', text: '' };
  expect(
    readNotice(asJson({ kind: 'x', to: 'operations', card: rollbackInitiated(facts), file })),
  ).toHaveProperty('problem');
});

describe('the first word', () => {
  it('is the sentence that everybody knows, as Discord shows it', () => {
    const [embed] = renderCard(rollbackInitiated(facts)).embeds;
    expect(embed?.title).toBe('⚠️ ROLLBACK INITIATED: Orders are written twice');
  });

  it('is short also where the reason is not, which then stands below it', () => {
    const reason = `Orders of ${'very '.repeat(12)}many guilds are written twice`;
    const { title, body } = rollbackInitiated({ ...facts, reason });
    expect(title).toBe('ROLLBACK INITIATED: new_greeting');
    expect(plain(body)).toContain(`${reason}.`);
    expect(plain(rollbackInitiated(facts).body)).not.toContain(facts.reason);
  });

  it('says what was done, what to do, who, and how many had it', () => {
    const said = read(rollbackInitiated(facts));
    expect(said).toContain('new_greeting is off for everybody.');
    expect(said).toContain('/feature unkill name:new_greeting');
    expect(said).toContain('Trigger: data corruption');
    expect(said).toContain('Had it on: 1 guild with 1,234 members');
    expect(said).toContain('By: 42');
  });

  it('of a gradual one says how long it takes, and offers to stop and to hurry', () => {
    const said = read(rollbackInitiated({ ...facts, kind: 'gradual' }, 24.2));
    expect(said).toContain('in about 25 minutes');
    expect(said).toContain('[Acknowledge]\n[Pause]\n[Now at once]\n[Show]');
  });

  it('of a drill alarms nobody', () => {
    const card = rollbackInitiated({ ...facts, kind: 'drill' });
    expect(card.tone).toBe('info');
    expect(read(card)).toContain('Nothing that anybody uses is touched');
  });
});

describe('the end', () => {
  it('has both times, every step, the proof, and the receipt with how to check it', () => {
    const said = read(rollbackCompleted(facts, end));
    expect(said).toContain('new_greeting is rolled back: off after 0.02 s, done after 42 s');
    expect(said).toContain('✖ Previous version brought up  at 8.00 s  It never became ready.');
    expect(said).toContain('✔ Flags off  All 3 processes answered.');
    expect(said).toContain('npx rollouts verify');
  });

  it('is good only where everything went well and is proven', () => {
    const [flags] = end.steps;
    const steps = flags === undefined ? [] : [flags];
    const proof = (verdict: 'proven' | 'failed' | 'unknown') => ({ verdict, isFinal: true, checks: [] });
    const tone = (change: Partial<RollbackEnd>) =>
      rollbackCompleted(facts, { ...end, steps, ...change }).tone;
    expect(tone({})).toBe('good');
    expect(tone({ proof: proof('failed') })).toBe('bad');
    expect(tone({ proof: proof('unknown') })).toBe('warn');
    expect(tone({ proof: null })).toBe('warn');
    expect(rollbackCompleted(facts, end).tone).toBe('warn');
  });
});

it('steps that are skipped for the same reason share a line', () => {
  const skipped = { state: 'skipped', startedAt: null, endedAt: null } as const;
  const detail = 'No deployment driver is configured.';
  const steps = [
    { ...skipped, name: 'database', detail: 'It was not asked for.' },
    { ...skipped, name: 'bring-up', detail },
    { ...skipped, name: 'hand-over', detail },
    { ...skipped, name: 'take-down', detail },
  ] as const;
  expect(stepLines(steps, 0).map(plain)).toEqual([
    "– Backup of the host's database  It was not asked for.",
    `– Previous version brought up, Handed over to it, New version taken down  ${detail}`,
  ]);
});

describe('the way into a rollback', () => {
  const by = { id: '42', name: 'admin' };
  const buttons = (isOn: readonly string[]) =>
    flagChanged({ title: 'Enable x', differences: [], by, isOn }).buttons?.map(({ label, args }) => [
      label,
      ...args,
    ]);

  it('stands under the notice of a change whose feature is on for somebody, and only there', () => {
    expect(buttons(['x'])).toEqual([
      ['Undo', '{entry}'],
      ['Roll back', 'x'],
    ]);
    expect(buttons([])).toEqual([['Undo', '{entry}']]);
  });

  it('names the flag where there are several, and is left out where there are too many', () => {
    expect(buttons(['x', 'y'])?.map(([label]) => label)).toEqual(['Undo', 'Roll back x', 'Roll back y']);
    expect(buttons(['a', 'b', 'c', 'd', 'e'])?.map(([label]) => label)).toEqual(['Undo']);
  });

  it('of everything stands where everything was turned on again', () => {
    expect(everythingOn({ by }).buttons?.at(-1)).toMatchObject({ action: 'rollback-ask', args: ['*'] });
  });
});

it('a stopwatch is as exact as anybody needs', () => {
  expect([-5, 3, 20, 9_990, 41_400, 252_000, 3_720_000].map(stopwatch)).toEqual([
    '0.00 s',
    '0.01 s',
    '0.02 s',
    '9.99 s',
    '41 s',
    '4 min 12 s',
    '1 h 2 min',
  ]);
});
