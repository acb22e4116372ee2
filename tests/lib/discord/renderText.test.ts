import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextPart } from '../../../src/lib/alerts/Card.js';
import { renderText } from '../../../src/lib/discord/renderText.js';

describe('renderText', () => {
  it('draws each kind of part', () => {
    expect(
      renderText(
        [
          'by ',
          { user: '123456789012345678' },
          ' in ',
          { channel: '223456789012345678' },
          ' for ',
          { role: '323456789012345678' },
          { br: true },
          { bold: 'a*b' },
          ' ',
          { code: 'x`y' },
          ' ',
          { time: 1_500_000, style: 'R' },
        ],
        1000,
      ),
    ).toBe(
      'by <@123456789012345678> in <#223456789012345678> for <@&323456789012345678>\n**a\\*b** `xˋy` <t:1500:R>',
    );
  });

  it('shows an id that is none as text, so that it cannot smuggle markup', () => {
    expect(renderText([{ user: 'system:code' }, { channel: '1> @everyone' }], 100)).toBe(
      'system:code1> \\@everyone',
    );
  });

  it('says — instead of nothing, which Discord would refuse', () => {
    expect(renderText('', 10)).toBe('—');
    expect(renderText([' ', { bold: '' }], 10)).toBe('—');
  });

  it('stays within its limit and never cuts inside an escape, a code or a mention', () => {
    const part: fc.Arbitrary<string | TextPart> = fc.oneof(
      fc.string({ unit: fc.constantFrom('*', '\\', 'a', '\u200B', '😀', '\n') }),
      fc.record({ bold: fc.string({ unit: fc.constantFrom('*', 'b') }) }),
      fc.record({ code: fc.string({ unit: fc.constantFrom('`', 'c') }) }),
      fc.constant({ user: '123456789012345678' }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.integer({ min: 1, max: 60 }), (parts, limit) => {
        const drawn = renderText(parts, limit);
        expect(drawn.length).toBeLessThanOrEqual(limit);
        const unescaped = drawn.replace(/\\./gs, '');
        expect(unescaped.split('**').length % 2).toBe(1);
        expect(unescaped.split('`').length % 2).toBe(1);
        expect(unescaped.replaceAll('<@123456789012345678>', '')).not.toMatch(/[<>]/);
      }),
    );
  });
});

it('a link to one of our messages is drawn whole, and nothing else becomes a link', () => {
  const message = { guild: '100000000000000001', channel: '100000000000000002', id: '100000000000000003' };
  expect(renderText([{ message }], 200)).toBe(
    'https://discord.com/channels/100000000000000001/100000000000000002/100000000000000003',
  );
  expect(renderText([{ message: { ...message, id: '/../evil' } }], 200)).toBe('the card');
});
