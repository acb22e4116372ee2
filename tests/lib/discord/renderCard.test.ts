import { ButtonStyle } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/lib/alerts/Card.js';
import { renderCard } from '../../../src/lib/discord/renderCard.js';

const sizeOf = (card: Card, reference?: string): number => {
  const embed = renderCard(card, reference === undefined ? {} : { reference }).embeds[0];
  return (
    (embed?.title?.length ?? 0) +
    (embed?.description?.length ?? 0) +
    (embed?.footer?.text.length ?? 0) +
    (embed?.fields ?? []).reduce((sum, field) => sum + field.name.length + field.value.length, 0)
  );
};

describe('renderCard', () => {
  it('draws title, body, fields, footer and buttons', () => {
    expect(
      renderCard(
        {
          tone: 'warn',
          title: 'Enable new_greeting',
          body: 'for **all**',
          fields: [{ name: 'Reason', value: 'why not', inline: true }],
          buttons: [{ label: 'Undo', style: 'danger', action: 'undo', args: ['128-0'] }],
        },
        { reference: '#128' },
      ),
    ).toEqual({
      embeds: [
        {
          color: 0xd9901a,
          title: '⚠️ Enable new_greeting',
          description: 'for \\*\\*all\\*\\*',
          fields: [{ name: 'Reason', value: 'why not', inline: true }],
          footer: { text: '#128' },
        },
      ],
      components: [
        {
          type: 1,
          components: [
            { type: 2, style: ButtonStyle.Danger, label: 'Undo', custom_id: 'rollouts:undo:128-0' },
          ],
        },
      ],
    });
  });

  it('says by a sign what it says by colour', () => {
    const signs = (['info', 'good', 'warn', 'bad'] as const).map(
      (tone) => renderCard({ tone, title: 'x' }).embeds[0]?.title,
    );
    expect(new Set(signs).size).toBe(4);
  });

  it('stays within the limits of an embed, whatever is in it, and says where something is missing', () => {
    const long = fc.string({ unit: fc.constantFrom('a', '*', '\u200B'), maxLength: 7000 });
    const card: fc.Arbitrary<Card> = fc.record({
      tone: fc.constant('info' as const),
      title: long,
      body: long,
      fields: fc.array(fc.record({ name: long, value: long }), { maxLength: 30 }),
    });
    fc.assert(
      fc.property(card, (drawn) => {
        const embed = renderCard(drawn, { reference: '#128-7F3K' }).embeds[0];
        expect(sizeOf(drawn, '#128-7F3K')).toBeLessThanOrEqual(6000);
        expect(embed?.title?.length).toBeLessThanOrEqual(256);
        expect(embed?.description?.length ?? 0).toBeLessThanOrEqual(4096);
        expect(embed?.fields?.length ?? 0).toBeLessThanOrEqual(25);
        for (const field of embed?.fields ?? []) {
          expect(field.name.length).toBeLessThanOrEqual(256);
          expect(field.value.length).toBeLessThanOrEqual(1024);
          expect(field.value).not.toBe('');
        }
        if ((embed?.fields?.length ?? 0) < (drawn.fields?.length ?? 0))
          expect(embed?.fields?.at(-1)?.value).toBe('…');
      }),
      { numRuns: 60 },
    );
  });

  it('leaves out the fields that no longer fit, and says so', () => {
    const fields = Array.from({ length: 12 }, (_, index) => ({ name: `f${index}`, value: 'x'.repeat(1000) }));
    const card: Card = { tone: 'info', title: 'x', fields };
    const drawn = renderCard(card).embeds[0]?.fields ?? [];
    expect(sizeOf(card)).toBeLessThanOrEqual(6000);
    expect(drawn.length).toBeGreaterThan(5);
    expect(drawn.at(-1)).toEqual({ name: '…', value: '…' });
  });

  it('puts five buttons in a row and refuses an id that Discord would refuse', () => {
    const button = (index: number) =>
      ({ label: `b${index}`, style: 'primary', action: 'x', args: [String(index)] }) as const;
    const rows = renderCard({ tone: 'info', title: 'x', buttons: [0, 1, 2, 3, 4, 5].map(button) }).components;
    expect(rows.map((row) => row.components.length)).toEqual([5, 1]);
    expect(() =>
      renderCard({ tone: 'info', title: 'x', buttons: [{ ...button(1), args: ['y'.repeat(100)] }] }),
    ).toThrow(RangeError);
  });
});
