/** Markdown without its marks, for places that show words only: embed titles, field names, previews. */
import { formatTime } from './formatTime.js';
import type { MarkdownNode, Names } from './nodes.js';
import { parseMarkdown } from './parse.js';

function textOf(node: MarkdownNode, names: Names, nowMs: number): string {
  switch (node.kind) {
    case 'text':
    case 'code':
    case 'block':
    case 'everyone':
    case 'command':
      return node.text;
    case 'user':
      return `@${names.user(node.id) ?? 'unknown-user'}`;
    case 'role':
      return `@${names.role(node.id) ?? 'unknown-role'}`;
    case 'channel':
      return `#${names.channel(node.id) ?? 'unknown'}`;
    case 'emoji':
      return `:${node.name}:`;
    case 'time':
      return formatTime(node.seconds * 1000, node.style, nowMs, 'en-GB');
    case 'list':
      return node.items.map((item) => join(item, names, nowMs)).join('\n');
    default:
      return join(node.children, names, nowMs);
  }
}

function join(nodes: readonly MarkdownNode[], names: Names, nowMs: number): string {
  return nodes.map((node) => textOf(node, names, nowMs)).join('');
}

/** @param nowMs the reader's clock, ms since epoch, for relative times. */
export function plainText(source: string, names: Names, nowMs: number): string {
  return join(parseMarkdown(source), names, nowMs);
}
