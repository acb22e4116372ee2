import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inert, oneLine, shorten } from '../../../src/lib/discord/inert.js';

describe('text from people is shown as what was typed', () => {
  it.each([
    [
      '**bold** `code` ~~gone~~ ||spoiler||',
      '\\*\\*bold\\*\\* \\`code\\` \\~\\~gone\\~\\~ \\|\\|spoiler\\|\\|',
    ],
    ['@everyone and @here', '\\@everyone and \\@here'],
    ['<@123456789012345678> <#1> <:e:1> <t:1:R>', '\\<@123456789012345678> \\<#1> \\<\\:e:1> \\<t:1:R>'],
    ['[click](https://evil.example)', '\\[click\\](https\\://evil.example)'],
    ['# heading', '\\# heading'],
    ['a\n> quote\n- item\n1. one', 'a\n\\> quote\n\\- item\n1\\. one'],
    ['-# small', '\\-# small'],
    [':fire:', '\\:fire:'],
  ])('%s', (typed, shown) => {
    expect(inert(typed)).toBe(shown);
  });

  it('leaves names and times readable, since they mean nothing to markdown', () => {
    expect(inert('new_error_handling at 12:30:45, 25 % of 1.5 (half)')).toBe(
      'new_error_handling at 12:30:45, 25 % of 1.5 (half)',
    );
    expect(inert('_a_ a__b x_ _y')).toBe('\\_a\\_ a\\_\\_b x\\_ \\_y');
  });

  it('shows zero-width and bidirectional characters by their number', () => {
    expect(inert('new\u200Bgreeting')).toBe('new\\[U+200B\\]greeting');
    expect(inert('a\u202Eb\u2066\u2067c')).toBe('a\\[U+202E\\]b\\[U+2066 +1\\]c');
    expect(oneLine('\u3164\u{E0041}')).toBe('[U+3164 +1]');
  });

  it('keeps the joiners that make one emoji of several', () => {
    expect(inert('👩‍👩‍👧 ❤️ 1️⃣')).toBe('👩‍👩‍👧 ❤️ 1️⃣');
    expect(inert('a\u200Db')).toBe('a\\[U+200D\\]b');
  });

  it('never leaves a character of markup without its backslash', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('\\', '*', '`', '<', '[', ']', '~', '|', 'a', ' ') }),
        (text) => {
          expect(inert(text)).toMatch(/^(?:\\[\\*`<[\]~|]|[a ])*$/);
        },
      ),
    );
  });
});

describe('shorten', () => {
  it('stays within the limit, ends in an ellipsis, and cuts no character in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.integer({ min: 1, max: 40 }),
        (text, limit) => {
          const short = shorten(text, limit);
          expect(short.length).toBeLessThanOrEqual(Math.max(limit, 1));
          expect(short === text || short.endsWith('…')).toBe(true);
          expect(/[\uD800-\uDBFF]…$/.test(short)).toBe(false);
        },
      ),
    );
  });
});
