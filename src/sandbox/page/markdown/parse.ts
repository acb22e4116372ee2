/** Reads Discord's markdown: first code blocks, then what belongs to whole lines, then what stands inside them. */
import type { MarkdownNode } from './nodes.js';
import { parseInline } from './parseInline.js';

/** A line break that touches a block is the block's own: a code block draws it. */
const codeBlock = /\n?(?<!\\)```(?:[\w+#.-]*\n)?\n*([^]*?)\n*```\n?/g;

interface LineRule {
  readonly start: RegExp;
  /** The rule's consecutive lines, their markers taken off. */
  readonly read: (lines: readonly string[]) => MarkdownNode[];
}

const lineRules: readonly LineRule[] = [
  {
    start: /^(#{1,3})\s+(?=\S)/,
    read: (lines) => lines.map((line) => heading(line)),
  },
  {
    start: /^-#\s+(?=\S)/,
    read: (lines) =>
      lines.map((line) => ({ kind: 'subtext', children: parseInline(line.replace(/^-#\s+/, '')) })),
  },
  {
    start: /^> ?/,
    read: (lines) => [{ kind: 'quote', children: parseLines(lines.map((line) => line.replace(/^> ?/, ''))) }],
  },
  {
    start: /^\s*[-*]\s+(?=\S)/,
    read: (lines) => [list(false, lines, /^\s*[-*]\s+/)],
  },
  {
    start: /^\s*\d{1,4}\.\s+(?=\S)/,
    read: (lines) => [list(true, lines, /^\s*\d{1,4}\.\s+/)],
  },
];

function heading(line: string): MarkdownNode {
  const marks = /^#+/.exec(line)?.[0].length;
  const level = marks === 1 || marks === 2 ? marks : 3;
  return { kind: 'heading', level, children: parseInline(line.replace(/^#+\s+/, '')) };
}

function list(ordered: boolean, lines: readonly string[], marker: RegExp): MarkdownNode {
  return { kind: 'list', ordered, items: lines.map((line) => parseInline(line.replace(marker, ''))) };
}

function ruleOf(line: string): LineRule | undefined {
  return lineRules.find(({ start }) => start.test(line));
}

function parseLines(lines: readonly string[]): MarkdownNode[] {
  const nodes: MarkdownNode[] = [];
  let from = 0;
  while (from < lines.length) {
    const first = lines[from] ?? '';
    if (first.startsWith('>>> ')) {
      const rest = [first.slice(4), ...lines.slice(from + 1)];
      return [...nodes, { kind: 'quote', children: parseLines(rest) }];
    }
    const rule = ruleOf(first);
    let to = from + 1;
    while (to < lines.length && ruleOf(lines[to] ?? '') === rule && !lines[to]?.startsWith('>>> ')) to += 1;
    const same = lines.slice(from, to);
    nodes.push(...(rule ? rule.read(same) : parseInline(same.join('\n'))));
    from = to;
  }
  return nodes;
}

/**
 * Discord's markdown as a tree. Line breaks are part of the text nodes.
 * Never throws: what is no markdown is text.
 */
export function parseMarkdown(source: string): MarkdownNode[] {
  const nodes: MarkdownNode[] = [];
  let place = 0;
  for (const match of source.matchAll(codeBlock)) {
    const text = match[1] ?? '';
    if (text === '') continue;
    if (match.index > place) nodes.push(...parseLines(source.slice(place, match.index).split('\n')));
    nodes.push({ kind: 'block', text });
    place = match.index + match[0].length;
  }
  if (place < source.length) nodes.push(...parseLines(source.slice(place).split('\n')));
  return nodes;
}
