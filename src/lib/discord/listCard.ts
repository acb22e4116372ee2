/** `/feature list`, a page of it. */
import { count } from '../core/count.js';
import type { Card, Text } from '../alerts/Card.js';
import { who } from '../alerts/wording/facts.js';
import type { FlagDocument } from '../flags/documents.js';
import type { FlagFilter, FlagsRoom } from '../flags/FlagsRoom.js';
import { showState } from './flagState.js';
import { pageButtons, pageOf, pageTitle } from './pages.js';
import { shorten } from './inert.js';

/** The action of the page buttons. */
export const listAction = 'list';

const pageSize = 12;

/** Longer filter texts would not fit into the page buttons' custom ids. */
export const longestFilter = 24;

export const filterToArgs = (filter: FlagFilter): readonly string[] => [
  filter.state ?? '',
  filter.kind ?? '',
  filter.owner ?? '',
  filter.text ?? '',
];

export function filterFromArgs([
  state = '',
  kind = '',
  owner = '',
  text = '',
]: readonly string[]): FlagFilter {
  return {
    ...(isState(state) && { state }),
    ...(kind !== '' && { kind }),
    ...(owner !== '' && { owner }),
    ...(text !== '' && { text }),
  };
}

export const filterStates = ['on', 'partly', 'off', 'killed', 'archived', 'expired'] as const;

const isState = (text: string): text is (typeof filterStates)[number] =>
  (filterStates as readonly string[]).includes(text);

export function listCard(flags: FlagsRoom, filter: FlagFilter, wanted: number): Card {
  const all = flags.list(filter);
  const page = pageOf(all, wanted, pageSize);
  const off = flags.switchedOff();
  return {
    tone: off === undefined ? 'info' : 'bad',
    title: pageTitle(count(all.length, 'flag'), page),
    body: [...everythingOff(off), ...(all.length === 0 ? [nothing(filter)] : page.items.flatMap(line))],
    buttons: pageButtons(page, listAction, filterToArgs(filter)),
  };
}

export function everythingOff(off: ReturnType<FlagsRoom['switchedOff']>): Exclude<Text, string> {
  if (off === undefined) return [];
  const by = who({ id: off.by, name: off.by });
  return [
    { bold: 'Everything is off' },
    ' by the kill switch, since ',
    { time: off.at, style: 'R' },
    ', by ',
    ...(typeof by === 'string' ? [by] : by),
    '.',
    { br: true },
  ];
}

function line(flag: FlagDocument): Exclude<Text, string> {
  const about = [flag.owner, shorten(flag.description, 80)].filter((text) => text !== null && text !== '');
  return [
    `${showState(flag)}  `,
    { code: flag.key },
    about.length === 0 ? '' : ` ${about.join(' · ')}`,
    ...(flag.expiresAt === null ? [] : [' · expires ', { time: flag.expiresAt, style: 'R' } as const]),
    { br: true },
  ];
}

const nothing = (filter: FlagFilter): string =>
  Object.keys(filter).length === 0
    ? 'There are no flags yet. /feature create makes the first one.'
    : 'No flag matches this filter.';
