/** `/cohort list`: all cohorts, or the guilds of one. */
import type { Card } from '../alerts/Card.js';
import { count } from '../alerts/wording/facts.js';
import type { FlagsRoom } from '../flags/FlagsRoom.js';
import { pageButtons, pageOf, pageTitle } from './pages.js';

/** The action of the page buttons; arguments: page, cohort (empty = all of them). */
export const cohortsAction = 'cohorts';

const pageSize = 15;

export function cohortsCard(flags: FlagsRoom, wanted: number): Card {
  const all = flags.cohorts();
  const page = pageOf(all, wanted, pageSize);
  return {
    tone: 'info',
    title: pageTitle(count(all.length, 'cohort'), page),
    body:
      all.length === 0
        ? 'There are no cohorts yet. /cohort create makes a named list of guilds.'
        : page.items.flatMap(({ name, guilds, description }) => [
            { code: name },
            ` ${count(guilds.length, 'guild')}${description === '' ? '' : ` · ${description}`}`,
            { br: true as const },
          ]),
    buttons: pageButtons(page, cohortsAction, ['']),
  };
}

/** @param nameOf a guild's name, where the directory knows it. */
export function cohortCard(
  flags: FlagsRoom,
  name: string,
  wanted: number,
  nameOf: (guildId: string) => string | undefined,
): Card {
  const cohort = flags.cohort(name);
  const page = pageOf(cohort.guilds, wanted, pageSize);
  return {
    tone: 'info',
    title: pageTitle(`${cohort.name}: ${count(cohort.guilds.length, 'guild')}`, page),
    body: [
      ...(cohort.description === '' ? [] : [cohort.description, { br: true as const }]),
      ...(page.items.length === 0
        ? ['It is empty. /cohort add puts guilds into it.']
        : page.items.flatMap((id) => [
            { code: id },
            ` ${nameOf(id) ?? 'not in the directory: the bot is not there now'}`,
            { br: true as const },
          ])),
    ],
    buttons: pageButtons(page, cohortsAction, [name]),
  };
}
