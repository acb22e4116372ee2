import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MarkdownNode } from '../../../../src/sandbox/page/markdown/nodes.js';
import { parseMarkdown } from '../../../../src/sandbox/page/markdown/parse.js';

const text = (value: string): MarkdownNode => ({ kind: 'text', text: value });

describe('Discord markdown', () => {
  it.each<[string, MarkdownNode[]]>([
    ['plain words', [text('plain words')]],
    ['**bold**', [{ kind: 'bold', children: [text('bold')] }]],
    ['*italic*', [{ kind: 'italic', children: [text('italic')] }]],
    ['_italic_', [{ kind: 'italic', children: [text('italic')] }]],
    ['__under__', [{ kind: 'underline', children: [text('under')] }]],
    ['~~gone~~', [{ kind: 'strike', children: [text('gone')] }]],
    ['||secret||', [{ kind: 'spoiler', children: [text('secret')] }]],
    ['***both***', [{ kind: 'bold', children: [{ kind: 'italic', children: [text('both')] }] }]],
    [
      '**a *b* c**',
      [{ kind: 'bold', children: [text('a '), { kind: 'italic', children: [text('b')] }, text(' c')] }],
    ],
    ['`**raw**`', [{ kind: 'code', text: '**raw**' }]],
    ['```ts\nconst a = 1;\n```', [{ kind: 'block', text: 'const a = 1;' }]],
    ['```one line```', [{ kind: 'block', text: 'one line' }]],
    ['before\n```\nblock\n```\nafter', [text('before'), { kind: 'block', text: 'block' }, text('after')]],
    ['<@100>', [{ kind: 'user', id: '100' }]],
    ['<@!100>', [{ kind: 'user', id: '100' }]],
    ['<@&200>', [{ kind: 'role', id: '200' }]],
    ['in <#300>.', [text('in '), { kind: 'channel', id: '300' }, text('.')]],
    ['@everyone', [{ kind: 'everyone', text: '@everyone' }]],
    ['@here now', [{ kind: 'everyone', text: '@here' }, text(' now')]],
    ['</feature list:5>', [{ kind: 'command', text: '/feature list' }]],
    ['<:wave:77>', [{ kind: 'emoji', name: 'wave' }]],
    ['<t:1700000000:R>', [{ kind: 'time', seconds: 1_700_000_000, style: 'R' }]],
    ['<t:1700000000>', [{ kind: 'time', seconds: 1_700_000_000, style: 'f' }]],
    [
      'https://a.example/b.',
      [{ kind: 'link', url: 'https://a.example/b', children: [text('https://a.example/b')] }, text('.')],
    ],
    ['[docs](https://a.example)', [{ kind: 'link', url: 'https://a.example', children: [text('docs')] }]],
    ['# Title', [{ kind: 'heading', level: 1, children: [text('Title')] }]],
    ['-# small', [{ kind: 'subtext', children: [text('small')] }]],
    ['> said\n> twice', [{ kind: 'quote', children: [text('said\ntwice')] }]],
    ['>>> all\nthe rest', [{ kind: 'quote', children: [text('all\nthe rest')] }]],
    ['- one\n- two', [{ kind: 'list', ordered: false, items: [[text('one')], [text('two')]] }]],
    ['1. one\n2. two', [{ kind: 'list', ordered: true, items: [[text('one')], [text('two')]] }]],
  ])('%j', (source, nodes) => {
    expect(parseMarkdown(source)).toEqual(nodes);
  });

  it.each([
    'new_error_handling and other_flag_name',
    '2 * 3 * 4',
    'a < b > c',
    '<b>html</b>',
    '<img src=x onerror=alert(1)>',
    '[click](javascript:alert(1))',
    '**open',
    '`open',
    '```',
    '#no-heading',
    'someone@everyoneelse',
    '1.5 percent',
  ])('is only text: %j', (source) => {
    expect(parseMarkdown(source)).toEqual([text(source)]);
  });

  it('shows escaped text exactly as it was written', () => {
    const written = fc
      .array(fc.constantFrom(...'*_~`|<>@#-[]()\\.1a t:\n/&!'), { minLength: 1 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(written, (source) => {
        const escaped = source.replace(/[!-/:-@[-`{-~]/g, '\\$&');
        expect(parseMarkdown(escaped)).toEqual([text(source)]);
      }),
    );
  });

  it('never throws and comes to an end', () => {
    const noise = fc.array(
      fc.constantFrom('*', '**', '_', '__', '`', '```', '||', '~~', '> ', '\n', '<@1>', 'a', ' ', '\\'),
    );
    fc.assert(fc.property(noise, (parts) => void parseMarkdown(parts.join(''))));
  });
});
