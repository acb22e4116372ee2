/** Pictures for people and guilds, drawn here so that nothing is asked from the network. */
import type { PageUser } from '../../pageApi.js';

const colors = ['#5865f2', '#3ba55d', '#c27c0e', '#ed4245', '#9b59b6', '#1f8b9e', '#ad1457', '#607d8b'];

function colorOf(id: string): string {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) % 9973;
  return colors[sum % colors.length] ?? '#5865f2';
}

function picture(color: string, inside: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="${color}"/>${inside}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Three bars of which the first is full: a rollout in its first phase. */
const botInside =
  '<g fill="#fff"><rect x="9" y="22" width="5" height="9" rx="1.5"/><rect x="17.5" y="15" width="5" height="16" rx="1.5" opacity=".65"/><rect x="26" y="9" width="5" height="22" rx="1.5" opacity=".35"/></g>';

export function avatarOf(user: PageUser): string {
  if (user.bot) return picture('#5865f2', botInside);
  const letter = /[\p{L}\p{N}]/u.exec(user.name)?.[0].toUpperCase() ?? '?';
  const inside = `<text x="20" y="20" dy=".36em" text-anchor="middle" font-family="sans-serif" font-size="19" font-weight="600" fill="#fff">${letter}</text>`;
  return picture(colorOf(user.id), inside);
}

/** At most three letters, the first of each word. */
export function initialsOf(name: string): string {
  return name
    .split(/[\s_-]+/)
    .map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '')
    .join('')
    .slice(0, 3);
}
