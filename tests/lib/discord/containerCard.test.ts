import { ComponentType } from 'discord.js';
import { expect, it } from 'vitest';
import { containerCard, digestOf, picture, text, textOf } from '../../../src/lib/discord/containerCard.js';

const chart = { name: 'errors.png', data: Buffer.from('x'), description: 'Errors by day' };

it('a card leaves out what there is nothing to say of: Discord refuses empty texts', () => {
  const { components } = containerCard('bad', [text('a'), textOf([], 10), textOf('', 10), textOf('b', 10)]);
  expect(components).toEqual([
    {
      type: ComponentType.Container,
      accent_color: 0xc0392b,
      components: [
        { type: ComponentType.TextDisplay, content: 'a' },
        { type: ComponentType.TextDisplay, content: 'b' },
      ],
    },
  ]);
});

it('its digest is another one where a person sees something else, and not where only a picture was drawn anew', () => {
  const card = (said: string, data = 'x') =>
    containerCard('info', [text(said), picture(chart)], { ...chart, data: Buffer.from(data) });
  expect(digestOf(card('a'))).toBe(digestOf(card('a', 'y')));
  expect(digestOf(card('a'))).not.toBe(digestOf(card('b')));
});
