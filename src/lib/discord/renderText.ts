/** Text of a card -> Discord's markdown, within a limit and never cut inside an escape or a mention. */
import type { Text, TextPart } from '../alerts/Card.js';
import { inert, showInvisible } from './inert.js';

type Part = string | TextPart;

/** Snowflakes only: an id of anything else could not be drawn, and is shown as text instead. */
const isId = (id: string): boolean => /^\d{15,21}$/.test(id);

function renderPart(part: Part): string {
  if (typeof part === 'string') return inert(part);
  if ('bold' in part) return part.bold === '' ? '' : `**${inert(part.bold)}**`;
  if ('code' in part) return part.code === '' ? '' : inlineCode(part.code);
  if ('user' in part) return isId(part.user) ? `<@${part.user}>` : inert(part.user);
  if ('channel' in part) return isId(part.channel) ? `<#${part.channel}>` : inert(part.channel);
  if ('role' in part) return isId(part.role) ? `<@&${part.role}>` : inert(part.role);
  if ('time' in part) return `<t:${Math.floor(part.time / 1000)}:${part.style ?? 'f'}>`;
  if ('message' in part) return messageLink(part.message);
  return '\n';
}

function messageLink({ guild, channel, id }: { guild: string; channel: string; id: string }): string {
  const isWhole = [guild, channel, id].every(isId);
  return isWhole ? `https://discord.com/channels/${guild}/${channel}/${id}` : 'the card';
}

/** Inside inline code nothing is parsed but the backtick that ends it, so that one is shown as its look-alike. */
function inlineCode(code: string): string {
  return `\`${showInvisible(code).replaceAll('`', 'ˋ').replaceAll('\n', ' ')}\``;
}

const length = (part: Part): number => {
  if (typeof part === 'string') return part.length;
  if ('bold' in part) return part.bold.length;
  if ('code' in part) return part.code.length;
  return 1;
};

/** The first `count` characters; whole parts without text of their own count as one. */
function head(parts: readonly Part[], count: number): Part[] {
  const kept: Part[] = [];
  let left = count;
  for (const part of parts) {
    if (left <= 0) break;
    const size = length(part);
    if (size <= left) kept.push(part);
    else if (typeof part === 'string') kept.push(cut(part, left));
    else if ('bold' in part) kept.push({ bold: cut(part.bold, left) });
    else if ('code' in part) kept.push({ code: cut(part.code, left) });
    left -= size;
  }
  return kept;
}

/** Cuts between code points: half a surrogate pair is no character. */
function cut(text: string, units: number): string {
  const last = text.charCodeAt(units - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? units - 1 : units);
}

const render = (parts: readonly Part[]): string => parts.map(renderPart).join('');

/**
 * Draws a text in at most `limit` UTF-16 units; what does not fit is replaced by `…`. Empty text becomes `—`, since
 * Discord refuses empty fields.
 */
export function renderText(text: Text, limit: number): string {
  const parts: readonly Part[] = typeof text === 'string' ? [text] : text;
  const whole = render(parts);
  if (whole.trim() === '') return '—';
  if (whole.length <= limit) return whole;
  // Rendered length grows with the number of characters kept: the longest head that fits is found by halving.
  let fits = 0;
  let tooMany = Math.min(
    parts.reduce((sum, part) => sum + length(part), 0),
    limit + 1,
  );
  while (fits + 1 < tooMany) {
    const middle = (fits + tooMany) >> 1;
    if (render(head(parts, middle)).length + 1 <= limit) fits = middle;
    else tooMany = middle;
  }
  return `${render(head(parts, fits))}…`;
}
