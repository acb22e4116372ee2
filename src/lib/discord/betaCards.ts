/** What members who manage a guild are shown about its betas; kinder and shorter than what staff see. */
import type { Card, CardButton, Text } from '../alerts/Card.js';
import type { FlagDocument, GuildEntry } from '../flags/documents.js';
import type { FlagsRoom } from '../flags/FlagsRoom.js';
import { betasFor, betaStanding } from './betas.js';
import { pageButtons, pageOf, pageTitle } from './pages.js';

/** The action of the page buttons of `/beta list`. */
export const betasAction = 'betas';
export const betaJoinAction = 'beta-join';

/** Five, so that their Join buttons fill one row. */
const pageSize = 5;

type Parts = Exclude<Text, string>;

/** `/beta list` */
export function betaListCard(flags: FlagsRoom, guildId: string, wanted: number): Card {
  const page = pageOf(betasFor(flags, guildId), wanted, pageSize);
  const entries = flags.guild(guildId)?.entries ?? {};
  return {
    tone: 'info',
    title: pageTitle('Betas', page),
    body:
      page.items.length === 0
        ? 'There is no beta to join at the moment. Look again another day.'
        : 'Features that are not for everyone yet. Your guild may try them early, or keep them off.',
    fields: page.items.map((flag) => ({
      name: flag.key,
      value: [
        ...(flag.description === '' ? [] : [flag.description, { br: true } as const]),
        ...standingLine(flag, entries[flag.key]),
        onHere(flags, flag, guildId),
      ],
    })),
    buttons: [
      ...page.items.filter((flag) => canJoin(flag, entries[flag.key])).map(joinButton),
      ...pageButtons(page, betasAction, []),
    ],
  };
}

/** `/beta status`: this guild's own wishes and what came of them. */
export function betaStatusCard(flags: FlagsRoom, guildId: string): Card {
  const document = flags.guild(guildId);
  const own = betasFor(flags, guildId).filter(({ key }) => {
    const entry = document?.entries[key];
    return entry?.joined !== undefined || entry?.keepOff !== undefined || entry?.answer !== undefined;
  });
  const channelId = document?.channelId ?? null;
  return {
    tone: 'info',
    title: 'Your betas',
    ...(own.length === 0 && { body: 'Your guild is in no beta. /beta list shows those it can join.' }),
    fields: [
      ...own.slice(0, 20).map((flag) => ({
        name: flag.key,
        value: [...standingLine(flag, document?.entries[flag.key]), onHere(flags, flag, guildId)],
      })),
      {
        name: 'News',
        value:
          channelId === null
            ? 'posted nowhere: choose a channel with /beta channel'
            : (['posted in ', { channel: channelId }] satisfies Text),
      },
    ],
  };
}

/** @param isAgain nothing was changed: the guild had asked before */
export function joinedCard(flags: FlagsRoom, key: string, guildId: string, isAgain = false): Card {
  const flag = flags.flag(key);
  const isIn = betaStanding(flag, flags.guild(guildId)?.entries[key]) === 'joined';
  if (!isIn)
    return {
      tone: 'info',
      title: isAgain ? `Your guild has asked to join ${key} already` : `Asked to join the beta of ${key}`,
      body: 'The team decides about each guild. You get a direct message with the answer, and /beta status shows it.',
    };
  const isOn = flags.isEnabled(key, guildId);
  return {
    tone: 'good',
    title: `Your guild is in the beta of ${key}`,
    body: isOn
      ? 'It is on here now. /beta leave takes your guild out again at any time.'
      : 'It is not on here yet: the team has it turned off for now. It comes on by itself.',
  };
}

export function leftCard(flags: FlagsRoom, key: string, guildId: string): Card {
  return {
    tone: 'good',
    title: `Your guild left the beta of ${key}`,
    body: flags.isEnabled(key, guildId)
      ? 'It is still on here, as it is on for other reasons than the beta. /beta keep-off turns it off.'
      : 'It is off here now. /beta join brings it back.',
  };
}

export function keptOffCard(flags: FlagsRoom, key: string): Card {
  const lasts =
    flags.flag(key).optOut === 'always'
      ? 'This holds until you end it'
      : 'This holds until it is released for everyone, or until you end it';
  return {
    tone: 'good',
    title: `${key} stays off in your guild`,
    body: `${lasts} with /beta keep-off end:True.`,
  };
}

export function keepOffEndedCard(flags: FlagsRoom, key: string, guildId: string): Card {
  const now = flags.isEnabled(key, guildId) ? 'on' : 'off';
  return { tone: 'good', title: `Your guild no longer keeps ${key} off`, body: `It is ${now} here now.` };
}

function canJoin(flag: FlagDocument, entry: GuildEntry | undefined): boolean {
  if (flag.beta === 'closed') return false;
  const standing = betaStanding(flag, entry);
  return standing === 'open' || standing === 'asks';
}

function joinButton(flag: FlagDocument): CardButton {
  const verb = flag.beta === 'open' ? 'Join' : 'Ask to join';
  return { label: `${verb} ${flag.key}`, style: 'primary', action: betaJoinAction, args: [flag.key] };
}

function standingLine(flag: FlagDocument, entry: GuildEntry | undefined): Parts {
  switch (betaStanding(flag, entry)) {
    case 'kept off':
      return ['🚫 Your guild keeps it off, since ', day(entry?.keepOff?.at), '. '];
    case 'joined':
      return ['✅ Your guild joined, on ', day(entry?.joined?.at), '. '];
    case 'waiting':
      return ['⏳ Your guild asked on ', day(entry?.joined?.at), '; the team has not answered yet. '];
    case 'declined':
      return [
        '✖️ The team declined on ',
        day(entry?.answer?.at),
        ...(entry?.answer?.reason === undefined
          ? ['. ']
          : [`: ${entry.answer.reason}`, { br: true } as const]),
      ];
    case 'open':
      return ['🔓 Open: your guild can join at once. '];
    case 'asks':
      return ['📝 The team decides: your guild can ask to join. '];
    case 'closed':
      return ['🔒 Closed at the moment. '];
  }
}

const day = (at: number | undefined) =>
  at === undefined ? 'an unknown day' : ({ time: at, style: 'D' } as const);

function onHere(flags: FlagsRoom, flag: FlagDocument, guildId: string): string {
  if (flags.isEnabled(flag.key, guildId)) return 'It is on here now.';
  return flag.killed === null ? 'It is off here now.' : 'The team turned it off everywhere for now.';
}
