/** `/feature history`: who did what, when, before → after; newest first. */
import type { Card, CardField } from '../alerts/Card.js';
import { beforeAfter, who } from '../alerts/wording/facts.js';
import type { FlagsRoom } from '../flags/FlagsRoom.js';
import type { HistoryLine } from '../flags/results.js';
import { showEntry } from './entryNumber.js';

/** The action of the page buttons; arguments: the flag (empty = all) and the entry before which to read. */
export const historyAction = 'history';

const pageSize = 8;

/** @param before an entry's id: the page shows what came before it. Reads the store. */
export async function historyCard(
  flags: FlagsRoom,
  flag: string | undefined,
  before?: string,
): Promise<Card> {
  const found = await flags.history(flag, pageSize + 1, before);
  const lines = found.slice(0, pageSize);
  const last = lines.at(-1);
  const hasOlder = found.length > pageSize && last !== undefined;
  const whose = flag ?? '';
  return {
    tone: 'info',
    title: flag === undefined ? 'History of all changes' : `History of ${flag}`,
    ...(lines.length === 0 && {
      body: before === undefined ? 'Nothing was changed yet.' : 'There is nothing older.',
    }),
    fields: lines.map(field),
    buttons: [
      ...(before === undefined
        ? []
        : [{ label: 'Newest', style: 'secondary', action: historyAction, args: [whose, ''] } as const]),
      ...(hasOlder
        ? [{ label: 'Older', style: 'secondary', action: historyAction, args: [whose, last.entry] } as const]
        : []),
    ],
  };
}

function field(line: HistoryLine): CardField {
  const by = who(line.by);
  const changes =
    line.differences.length === 0 ? [] : [{ br: true } as const, ...parts(beforeAfter(line.differences))];
  return {
    name: `${showEntry(line.entry)} ${line.title}`,
    value: [
      { time: line.at, style: 'f' },
      ' by ',
      ...parts(by),
      ...(line.reason === undefined ? [] : [`: ${line.reason}`]),
      ...(line.undoneBy === undefined ? [] : [` (undone by ${showEntry(line.undoneBy)})`]),
      ...changes,
    ],
  };
}

const parts = (text: CardField['value']) => (typeof text === 'string' ? [text] : text);
