/** `/cohort list`: all cohorts, or the guilds of one. */
import { count } from '../core/count.js';
import type { Card } from '../alerts/Card.js';
import type { FlagsRoom } from '../flags/FlagsRoom.js';
import { guildName } from './guildNames.js';
import { pageButtons, pageOf, pageTitle } from './pages.js';

/** The action of the page buttons; arguments: page, cohort (empty = all of them). */
export const cohortsAction = 'cohorts';

const pageSize = 15;

/** All cohorts, or the guilds of the one that is named. Throws UnknownCohort. */
export function cohortListCard(flags: FlagsRoom, name: string | undefined, wanted: number): Card {
  return name === undefined ? allCohorts(flags, wanted) : oneCohort(flags, name, wanted);
}

function allCohorts(flags: FlagsRoom, wanted: number): Card {
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

function oneCohort(flags: FlagsRoom, name: string, wanted: number): Card {
  const cohort = flags.cohort(name);
  const page = pageOf(cohort.guilds, wanted, pageSize);
  return {
    tone: 'info',
    title: pageTitle(`${cohort.name}: ${count(cohort.guilds.length, 'guild')}`, page),
    body: [
      ...(cohort.description === '' ? [] : [cohort.description, { br: true as const }]),
      ...(page.items.length === 0
        ? ['It is empty. /cohort add puts guilds into it.']
        : page.items.flatMap((id) => [{ code: id }, ` ${guildName(flags, id)}`, { br: true as const }])),
    ],
    buttons: pageButtons(page, cohortsAction, [name]),
  };
}
