/** Reads what may stand inside a line: emphasis, code, links, mentions, times. Rules are tried in order at each place. */
import type { MarkdownNode, SpanKind, TimeStyle } from './nodes.js';

interface Rule {
  /** Sticky: tried exactly at the place the reader has reached. */
  readonly at: RegExp;
  readonly read: (groups: Readonly<Record<string, string | undefined>>) => MarkdownNode;
}

/** The `text` group read again, as the content of a span. */
function span(kind: SpanKind): Rule['read'] {
  return ({ text = '' }) => ({ kind, children: parseInline(text) });
}

const rules: readonly Rule[] = [
  { at: /\\(?<text>[^0-9A-Za-z\s])/y, read: ({ text = '' }) => ({ kind: 'text', text }) },
  { at: /(?<ticks>`+)(?<text>[^]*?[^`])\k<ticks>(?!`)/y, read: ({ text = '' }) => ({ kind: 'code', text }) },
  { at: /<@!?(?<id>\d{1,20})>/y, read: ({ id = '' }) => ({ kind: 'user', id }) },
  { at: /<@&(?<id>\d{1,20})>/y, read: ({ id = '' }) => ({ kind: 'role', id }) },
  { at: /<#(?<id>\d{1,20})>/y, read: ({ id = '' }) => ({ kind: 'channel', id }) },
  { at: /<(?<text>\/[^:<>\n]{1,100}):\d{1,20}>/y, read: ({ text = '' }) => ({ kind: 'command', text }) },
  { at: /<a?:(?<name>\w{2,32}):\d{1,20}>/y, read: ({ name = '' }) => ({ kind: 'emoji', name }) },
  {
    at: /<t:(?<seconds>-?\d{1,13})(?::(?<style>[tTdDfFsSR]))?>/y,
    read: ({ seconds, style }) => ({
      kind: 'time',
      seconds: Number(seconds),
      style: (style ?? 'f') as TimeStyle,
    }),
  },
  { at: /@(?:everyone|here)\b/y, read: ({ whole = '' }) => ({ kind: 'everyone', text: whole }) },
  {
    at: /\[(?<text>(?:\\.|[^[\]\\\n])+)\]\(<?(?<url>https?:\/\/[^\s<>()]+)>?\)/y,
    read: ({ text = '', url = '' }) => ({ kind: 'link', url, children: parseInline(text) }),
  },
  { at: /<(?<url>https?:\/\/[^\s<>]+)>/y, read: bareLink },
  { at: /(?<url>https?:\/\/[^\s<]*[^\s<.,:;"')\]])/y, read: bareLink },
  { at: /\*\*(?<text>(?:\\[^]|[^\\])+?)\*\*(?!\*)/y, read: span('bold') },
  { at: /__(?<text>(?:\\[^]|[^\\])+?)__(?!_)/y, read: span('underline') },
  { at: /\*(?=\S)(?<text>(?:\*\*|\\[^]|[^*\\])+?)(?<!\s)\*(?!\*)/y, read: span('italic') },
  { at: /(?<!\w)_(?<text>(?:__|\\[^]|[^_\\])+?)_(?!\w)/y, read: span('italic') },
  { at: /~~(?<text>(?:\\[^]|[^\\])+?)~~/y, read: span('strike') },
  { at: /\|\|(?<text>(?:\\[^]|[^\\])+?)\|\|/y, read: span('spoiler') },
];

/** Characters where a rule can begin; everything between them is plain text. */
const plain = /[^\\`<@[h*_~|]+/y;

function bareLink({ url = '' }: Readonly<Record<string, string | undefined>>): MarkdownNode {
  return { kind: 'link', url, children: [{ kind: 'text', text: url }] };
}

function tryRules(source: string, place: number): { node: MarkdownNode; end: number } | undefined {
  for (const { at, read } of rules) {
    at.lastIndex = place;
    const match = at.exec(source);
    if (!match) continue;
    // Kept before reading on: the content of a span is read by the same rules.
    const end = at.lastIndex;
    return { node: read({ ...match.groups, whole: match[0] }), end };
  }
  return undefined;
}

/** Neighbouring pieces of text become one node. */
function push(nodes: MarkdownNode[], node: MarkdownNode): void {
  const last = nodes.at(-1);
  if (node.kind === 'text' && last?.kind === 'text') {
    nodes[nodes.length - 1] = { kind: 'text', text: last.text + node.text };
  } else {
    nodes.push(node);
  }
}

/** Never throws: what is no markdown is text. */
export function parseInline(source: string): MarkdownNode[] {
  const nodes: MarkdownNode[] = [];
  let place = 0;
  while (place < source.length) {
    plain.lastIndex = place;
    const text = plain.exec(source)?.[0];
    if (text !== undefined) {
      push(nodes, { kind: 'text', text });
      place = plain.lastIndex;
      continue;
    }
    const found = tryRules(source, place);
    push(nodes, found?.node ?? { kind: 'text', text: source.charAt(place) });
    place = found?.end ?? place + 1;
  }
  return nodes;
}
