/** What people are answered who say something, and what staff read of it. */
import type { Card, CardField } from '../../alerts/Card.js';
import type { FlagsRoom } from '../../flags/FlagsRoom.js';
import type { Written } from '../../health/feedback/entries.js';
import { pageButtons, pageOf, pageTitle } from '../pages.js';
import { guildName } from '../guildNames.js';
import { moment, type TwoClocks } from '../rollouts/moment.js';

export const reportedCard = (feature: string): Card => ({
  tone: 'good',
  title: 'Thank you, the team has your report',
  body: `It is about ${feature}. Nobody but the team reads it; it is removed after 90 days, or when the bot leaves this server.`,
});

export const ratedCard = (feature: string, stars: number): Card => ({
  tone: 'good',
  title: 'Thank you for your rating',
  body: `${'★'.repeat(stars)}${'☆'.repeat(5 - stars)} for ${feature}.`,
});

/** The action of the page buttons. */
export const feedbackAction = 'feedback';

const pageSize = 6;

/** For staff only. */
export function feedbackCard(
  feature: string,
  all: readonly Written[],
  wanted: number,
  house: TwoClocks & { readonly flags: FlagsRoom },
): Card {
  const page = pageOf(all, wanted, pageSize);
  return {
    tone: 'info',
    title: pageTitle(`What people wrote about ${feature}`, page),
    body:
      all.length === 0
        ? 'Nothing, or it was removed: texts are kept for 90 days, and go when the bot leaves their guild.'
        : 'Newest first. For staff only.',
    fields: page.items.map((written) => writtenField(written, guildName(house.flags, written.guild), house)),
    buttons: pageButtons(page, feedbackAction, [feature]),
  };
}

function writtenField(
  { at, arm, severity, stars, text }: Written,
  name: string,
  clocks: TwoClocks,
): CardField {
  const what = severity ?? `${'★'.repeat(stars ?? 0)}`;
  return {
    name: `${what}, ${name}`,
    value: [
      text,
      { br: true },
      arm === 'canary' ? 'with the feature, ' : 'without the feature, ',
      ...moment(at, clocks),
    ],
  };
}
