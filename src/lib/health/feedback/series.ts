/** How the ledger's series of feedback are named: by day first, so that old ones are one range. Their day is domain time's. */

export const dayMs = 86_400_000;
/** How long what people said is kept, days. */
export const keptDays = 90;

export const dayOf = (at: number): number => Math.floor(at / dayMs);

const number = (value: number): string => String(value).padStart(8, '0');

/** Counts: who, where, how bad. */
const counts = 'feedback:';
/** What they wrote. */
const texts = 'feedback-texts:';
/** Whom we have heard of what within an hour of real time; by the hour. */
const asked = 'feedback-by:';

export const countsSeries = (day: number, feature: string): string => `${counts}${number(day)}:${feature}`;
export const textsSeries = (day: number, feature: string): string => `${texts}${number(day)}:${feature}`;
export const askedSeries = (hour: number, user: string): string => `${asked}${number(hour)}:${user}`;

/** From and to, as the ledger lists: days `from` up to but not `to`. */
export const countsBetween = (from: number, to: number) => between(counts, from, to);
export const textsBetween = (from: number, to: number) => between(texts, from, to);
export const askedBefore = (hour: number) => between(asked, 0, hour);

const between = (room: string, from: number, to: number): readonly [from: string, to: string] => [
  `${room}${number(from)}`,
  `${room}${number(to)}`,
];

/** The feature of one of the names above. */
export const featureOf = (series: string): string => series.slice(series.indexOf(':') + 10);
