/** What a guild decides for itself, and staff's answers to it. */
import { isInBeta, isReleased, isWaiting } from '../betaRights.js';
import { BadValue, NotNow } from '../errors.js';
import type { FlagDocument, GuildEntry } from '../documents.js';
import { day } from '../words.js';
import { everythingOff, type World } from '../world.js';
import { findLiveFlag, guildDraft } from './lookups.js';
import { entryWrite, without } from './overrides.js';
import { guildName, type Plan, type Planning, stamp } from './Plan.js';

/** An open beta takes a guild at once; where staff decide, a request begins to wait. */
export function planJoin(planning: Planning, key: string, guildId: string): Plan {
  const flag = findLiveFlag(planning.world, key);
  if (isReleased(flag)) {
    throw new NotNow(`${key} is on for everyone, so there is no beta to join.`, {
      next: 'You have it already.',
    });
  }
  if (flag.beta === 'closed') {
    throw new NotNow(`The beta of ${key} is not open to guilds at the moment.`, {
      next: 'See /beta list for those that are.',
    });
  }
  checkEnrolment(planning.world, flag);
  const before = entryOf(planning, key, guildId);
  const already = isInBeta(flag, before) || isWaiting(flag, before);
  const joined: GuildEntry = {
    ...without(before, 'answer', 'keepOff'),
    joined: stamp(planning),
    ...(flag.beta === 'open' && {
      answer: { is: 'approved', by: 'system:open-beta', at: planning.now },
    }),
  };
  return {
    title:
      flag.beta === 'open'
        ? `${guildName(planning, guildId)} joins the beta of ${key}`
        : `${guildName(planning, guildId)} asks to join the beta of ${key}`,
    writes: [entryWrite(planning, guildId, key, already ? before : joined)],
    notes: joinNotes(flag, before),
  };
}

function joinNotes(flag: FlagDocument, before: GuildEntry | undefined): readonly string[] {
  return [
    ...(before?.keepOff === undefined ? [] : ['Its choice to keep it off has ended with that.']),
    ...(before?.override?.is === 'deny' ? ['Staff denied it here, which beats the beta.'] : []),
    ...(flag.enabled ? [] : ['It is off everywhere for now.']),
  ];
}

/** Nobody gets into what is being taken back. */
function checkEnrolment(world: World, { key, killed, ceiling }: FlagDocument): void {
  const isBack = killed !== null || ceiling !== null;
  if (!isBack && everythingOff(world) === undefined) return;
  throw new NotNow(
    isBack
      ? `${key} was turned off everywhere or is being rolled back, so nobody can get into its beta now.`
      : 'Everything is turned off, so nobody can get into a beta now.',
    { next: 'Try again when the team has turned it on again.' },
  );
}

export function planLeave(planning: Planning, key: string, guildId: string): Plan {
  findLiveFlag(planning.world, key);
  return {
    title: `${guildName(planning, guildId)} leaves the beta of ${key}`,
    writes: [
      entryWrite(planning, guildId, key, without(entryOf(planning, key, guildId), 'joined', 'answer')),
    ],
    notes: ['The flag may still be on here, by its percentage or because staff allowed it.'],
  };
}

export function planKeepOff(planning: Planning, key: string, guildId: string): Plan {
  const flag = findLiveFlag(planning.world, key);
  if (isReleased(flag) && flag.optOut !== 'always') {
    throw new NotNow(`${key} is released: it is on for everyone and can no longer be kept off.`, {
      next: 'Tell the team what is wrong with it for you.',
    });
  }
  const before = entryOf(planning, key, guildId);
  const after = before?.keepOff === undefined ? { ...before, keepOff: stamp(planning) } : before;
  return {
    title: `${guildName(planning, guildId)} keeps ${key} off`,
    writes: [entryWrite(planning, guildId, key, after)],
    notes: flag.optOut === 'always' ? [] : ['This holds until the flag is released for everyone.'],
  };
}

export function planKeepOffEnd(planning: Planning, key: string, guildId: string): Plan {
  findLiveFlag(planning.world, key);
  return {
    title: `${guildName(planning, guildId)} no longer keeps ${key} off`,
    writes: [entryWrite(planning, guildId, key, without(entryOf(planning, key, guildId), 'keepOff'))],
    notes: [],
  };
}

export function planAnswer(
  planning: Planning,
  key: string,
  guildId: string,
  is: 'approved' | 'declined',
): Plan {
  const flag = findLiveFlag(planning.world, key);
  if (is === 'approved') checkEnrolment(planning.world, flag);
  const before = entryOf(planning, key, guildId);
  const name = guildName(planning, guildId);
  if (!isWaiting(flag, before))
    throw new NotNow(noRequest(name, key, before, planning.now), { next: 'Nothing is left to decide.' });
  return {
    title:
      is === 'approved' ? `Approve ${name} for the beta of ${key}` : `Decline ${name} for the beta of ${key}`,
    writes: [entryWrite(planning, guildId, key, { ...before, answer: { is, ...stamp(planning) } })],
    notes: [],
  };
}

function noRequest(name: string, key: string, entry: GuildEntry | undefined, now: number): string {
  if (entry?.answer !== undefined)
    return `${name} was ${entry.answer.is} for ${key} on ${day(entry.answer.at, now)}.`;
  return `${name} no longer asks to join the beta of ${key}.`;
}

/** Where the guild hears about its betas; null: nowhere. */
export function planChannel(planning: Planning, guildId: string, channelId: string | null): Plan {
  if (channelId !== null && !/^\d{1,20}$/.test(channelId)) {
    throw new BadValue('That is not a channel.', { next: 'Pick one from the list.' });
  }
  const next = { ...guildDraft(planning.world, guildId), channelId };
  return {
    title:
      channelId === null
        ? `${guildName(planning, guildId)} wants no news of its betas`
        : `${guildName(planning, guildId)} chooses a channel for news of its betas`,
    writes: [{ ns: 'guilds', key: guildId, next }],
    notes: [],
  };
}

function entryOf({ world }: Planning, key: string, guildId: string): GuildEntry | undefined {
  return world.guilds.get(guildId)?.entries[key];
}
