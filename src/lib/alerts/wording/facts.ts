/** The plain data that the wording is made of. Alerts stand below the rooms that send them, so nothing here knows a flag. */
import type { CardField, Text, TextPart } from '../Card.js';

/** A person by their user id, or `system:<what>` with a name that says what it is. */
export interface Who {
  readonly id: string;
  readonly name: string;
}

/** One fact before and after, in words: `percentage`, `0 %`, `25 %`. */
export interface BeforeAfter {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** More lines than this are summed up, so that a card can be read at a glance. */
const mostLines = 10;

/** A person as a mention (which notifies nobody), anything else by its name. */
export function who({ id, name }: Who): Text {
  return /^\d+$/.test(id) ? [{ user: id }] : name;
}

/** `percentage: 0 % → 25 %`, a line each. */
export function beforeAfter(differences: readonly BeforeAfter[]): Text {
  return lines(differences.map(({ what, before, after }) => [`${what}: ${before} → `, { bold: after }]));
}

/** One under the other; beyond the tenth, how many there are. */
export function lines(all: readonly Text[]): Text {
  const shown = all.length > mostLines ? all.slice(0, mostLines - 1) : all;
  const rest = all.length - shown.length;
  const texts: readonly Text[] = rest > 0 ? [...shown, `… and ${rest} more`] : shown;
  return texts.flatMap((text, index) => [
    ...(index === 0 ? [] : [{ br: true } satisfies TextPart]),
    ...(typeof text === 'string' ? [text] : text),
  ]);
}

/** Who decided it, and why where they said so. */
export function signed(by: Who, reason: string | undefined): readonly CardField[] {
  return [
    { name: 'By', value: who(by), inline: true },
    ...(reason === undefined || reason === '' ? [] : [{ name: 'Reason', value: reason, inline: true }]),
  ];
}
