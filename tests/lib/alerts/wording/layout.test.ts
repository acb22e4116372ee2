/** One layout for every notice: a title that says what happened, then why, what the system did, and what a person should do. */
import { describe, expect, it } from 'vitest';
import type { Text } from '../../../../src/lib/alerts/Card.js';
import { asJson, readNotice } from '../../../../src/lib/alerts/noticeSchema.js';
import { plainText } from '../../../../src/lib/alerts/routing/plainText.js';
import type { Json } from '../../../../src/lib/core/Json.js';
import type { Told } from '../../../../src/lib/alerts/wording/told.js';
import { customId } from '../../../../src/lib/discord/customIds.js';
import { renderCard } from '../../../../src/lib/discord/renderCard.js';
import { tones } from '../../../../src/lib/discord/tones.js';
import { faultsOf } from '../../../../src/lib/smoke/probes/wording.js';
import { examples, type Say } from './examples/index.js';
import { cardsMadeElsewhere, templates, untyped } from './templates.js';

const plain = (text: Text): string =>
  typeof text === 'string'
    ? text
    : text
        .map((part) => (typeof part === 'string' ? part : 'br' in part ? '\n' : Object.values(part).join('')))
        .join('');

const drawn = (card: Told) => {
  const [embed] = renderCard(card, { reference: '#128-7F3K' }).embeds;
  if (embed === undefined) throw new Error('It is not drawn.');
  const { title = '', description = '', fields = [], footer, color } = embed;
  const all = [title, description, ...fields.flatMap(({ name, value }) => [name, value]), footer?.text ?? ''];
  return { title, description, fields, color, all };
};
const cardsOf = (name: string, say: Say): readonly Told[] =>
  (examples[name]?.(say) ?? []).filter((card) => card !== null);

const asIs: Say = (word) => word;
const hostile =
  '@everyone @here <@&123456789012345678> <@123456789012345678> [click](https://evil.example) ||x|| \u202E';
const harmful: Say = (word) => `${word} ${hostile}`;
const endless: Say = (word) => `${word} ${'**long** _words_ '.repeat(400)}`;

describe('the templates', () => {
  it('all have an example here, and no example is of none', () => {
    expect(templates().length).toBeGreaterThan(50);
    expect(Object.keys(examples).sort()).toEqual(
      templates()
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('all answer a card that says what to do', () => {
    expect(untyped()).toEqual([]);
    expect(templates().filter(({ answers }) => !/^Told( \| null)?$/.test(answers))).toEqual([]);
  });

  it('are the only place where notices are worded', () => {
    expect(cardsMadeElsewhere()).toEqual([]);
  });
});

/** These list what each line stands for, not sentences. */
const lists = new Set(['foldedNotices', 'weeklyScorecard']);

describe.each(templates())('$name', ({ name }) => {
  const cards = cardsOf(name, asIs);

  it('has a title that says what happened, in one short line without a full stop', () => {
    for (const { title } of cards) {
      expect(title).toMatch(/^[A-Za-z0-9📣🚀].{0,150}[^.\s]$/u);
      expect(title).not.toContain('\n');
    }
  });

  it('says why: a sentence, or the reason that somebody gave', () => {
    for (const { body = '', fields = [] } of cards)
      expect(plain(body) !== '' || fields.some((field) => field.name === 'Reason')).toBe(true);
  });

  it('ends with what to do; where something is wrong that is never nothing', () => {
    for (const card of cards) {
      expect(drawn(card).description.split('\n').at(-1)).toMatch(/^\*\*To do:\*\* \S.*[.!?]$/);
      if (card.tone === 'bad') expect(plain(card.todo)).not.toMatch(/^Nothing/);
      // A warning that asks for nothing says why it does not.
      if (card.tone === 'warn') expect(plain(card.todo).length).toBeGreaterThan('Nothing.'.length);
      expect(card.todo).not.toEqual(card.body);
    }
  });

  it('says it shortly, in whole sentences', () => {
    for (const { body = '', todo } of cards) {
      const lines = [...plain(body).split('\n'), ...plain(todo).split('\n')].filter((line) => line !== '');
      expect(lines.length).toBeLessThanOrEqual(11);
      expect(plain(todo).length).toBeLessThan(260);
      if (!lists.has(name))
        for (const line of lines.filter((each) => !each.startsWith('… and'))) expect(line).toMatch(/[.!?]$/);
    }
  });

  it('bears the colour and the sign of its gravity, and no slip of a program', () => {
    for (const card of cards) {
      const { color, title } = drawn(card);
      expect(color).toBe(tones[card.tone].colour);
      expect(title.startsWith(`${tones[card.tone].sign} `)).toBe(true);
      const body = JSON.parse(JSON.stringify(renderCard(card))) as Json;
      expect(faultsOf(body, Object.values(tones))).toEqual([]);
    }
  });

  it('keeps within the limits of Discord and its last line, whatever people wrote', () => {
    for (const card of cardsOf(name, endless)) {
      const { title, description, fields, all } = drawn(card);
      expect(title.length).toBeLessThanOrEqual(256);
      expect(description.length).toBeLessThanOrEqual(4096);
      expect(description.split('\n').at(-1)).toMatch(/^\*\*To do:\*\* /);
      expect(fields.length).toBeLessThanOrEqual(25);
      for (const field of fields) expect(field.value.length).toBeLessThanOrEqual(1024);
      expect(all.join('').length).toBeLessThanOrEqual(6000);
      const { buttons = [] } = card;
      expect(buttons.length).toBeLessThanOrEqual(24);
      for (const { label, action, args } of buttons) {
        expect(label.length).toBeLessThanOrEqual(80);
        expect(customId(action, args).length).toBeLessThanOrEqual(100);
      }
    }
  });

  it('calls nobody and links nowhere, whatever people wrote', () => {
    for (const card of cardsOf(name, harmful)) {
      const live = drawn(card)
        .all.join('\n')
        .replace(/`[^`]*`/g, '')
        .replace(/\\./gs, '');
      expect(live).not.toMatch(/@everyone|@here|<@&|<@1|\]\(https:|\u202E/);
      expect(plainText(card, '#1-AB')).not.toMatch(/<[!@#]|@(everyone|here|channel|all)\b/);
    }
  });

  it('survives the outbox as it is', () => {
    for (const card of cards) {
      const notice = { kind: 'test', to: 'operations', card } as const;
      expect(readNotice(asJson(notice))).toEqual(JSON.parse(JSON.stringify(notice)));
    }
  });
});
