/** Very many notices at once, told as one. */
import { count } from '../../core/count.js';
import type { Notice, Text, Tone } from '../Card.js';
import { told, type Told } from './told.js';

const gravest: readonly Tone[] = ['bad', 'warn', 'good', 'info'];
const mostTitles = 8;

/** @param notices in their order, at least two */
export function foldedNotices(notices: readonly Pick<Notice, 'kind' | 'card'>[]): Told {
  const kinds = new Map<string, number>();
  const titles = new Map<string, number>();
  const byGravity = [...notices].sort((a, b) => gravest.indexOf(a.card.tone) - gravest.indexOf(b.card.tone));
  for (const { kind, card } of byGravity) {
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    titles.set(card.title, (titles.get(card.title) ?? 0) + 1);
  }
  const tone = byGravity[0]?.card.tone ?? 'info';
  const byKind = [...kinds].map(([kind, amount]) => `${amount.toLocaleString('en-US')} × ${kind}`);
  const shown = [...titles].slice(0, mostTitles).map(([title, amount]): Text => {
    const times = amount === 1 ? '' : ` (${amount.toLocaleString('en-US')} times)`;
    return `${title.slice(0, 150)}${times}`;
  });
  const rest = titles.size - shown.length;
  return told({
    tone,
    title: `${count(notices.length, 'notice')} at once: ${byKind.slice(0, 3).join(', ')}${byKind.length > 3 ? ', …' : ''}`,
    why: [...shown, ...(rest > 0 ? [`… and ${count(rest, 'other')}`] : [])],
    did: ['So many would hide each other, so they are told together. Every one of them is in the history.'],
    todo: [
      'Begin with what is gravest above; ',
      { code: '/feature history' },
      ' and the cards show the rest, with their buttons.',
    ],
  });
}
