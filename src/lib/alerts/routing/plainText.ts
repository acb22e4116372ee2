/** A card as text for webhooks that take Slack's markup: title, body and fields, a line each. */
import type { Card, Text, TextPart } from '../Card.js';

const signs: Readonly<Record<Card['tone'], string>> = { info: 'ℹ️', good: '✅', warn: '⚠️', bad: '🛑' };
/** The word joiner. */
const apart = '\u2060';
/** Slack cuts longer ones. */
const longest = 3_500;

/** @param reference as the footer shows it */
export function plainText({ tone, title, body, todo, fields = [] }: Card, reference: string): string {
  const parts = [
    `${signs[tone]} *${escaped(title)}*`,
    ...(body === undefined ? [] : [textOf(body)]),
    ...(todo === undefined ? [] : [`*To do:* ${textOf(todo)}`]),
    ...fields.map(({ name, value }) => `*${escaped(name)}*: ${textOf(value)}`),
  ];
  const text = parts.join('\n');
  // Half a surrogate pair, or half of `&amp;`, is no text.
  const cut = text.slice(0, longest).replace(/[\uD800-\uDBFF]$|&[a-z]{0,3}$/, '');
  return `${text.length > longest ? `${cut}…` : text}\n${reference}`;
}

function textOf(text: Text): string {
  return typeof text === 'string' ? escaped(text) : text.map(partOf).join('');
}

function partOf(part: string | TextPart): string {
  if (typeof part === 'string') return escaped(part);
  if ('bold' in part) return `*${escaped(part.bold)}*`;
  if ('code' in part) return `\`${escaped(part.code)}\``;
  if ('user' in part) return `user ${escaped(part.user)}`;
  if ('channel' in part) return `channel ${escaped(part.channel)}`;
  if ('role' in part) return `role ${escaped(part.role)}`;
  if ('time' in part) return `${new Date(part.time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if ('message' in part) {
    const { guild, channel, id } = part.message;
    return `https://discord.com/channels/${guild}/${channel}/${id}`;
  }
  return '\n';
}

/**
 * The three characters that Slack asks to be escaped: without that, a name could ping everybody there. Mattermost and
 * Rocket.Chat ping by a plain `@all` and link by Markdown: what takes no place on the screen stands in between.
 */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/@(?=\w)/g, `@${apart}`)
    .replaceAll('](', `]${apart}(`);
}
