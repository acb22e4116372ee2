/** Who hears of a change: staff always, the guild whose beta it is, and the person whose request was answered. */
import type { Card, Notice } from '../alerts/Card.js';
import { betaAnswered, type BetaEvent, betaNews, betaRequested } from '../alerts/wording/beta.js';
import { everythingOff, everythingOn } from '../alerts/wording/everything.js';
import { flagChanged } from '../alerts/wording/flagChanged.js';
import { type Json, plain } from '../core/Json.js';
import { isInBeta, isReleased, isWaiting } from './betaRights.js';
import type { Actor, FlagChange } from './changes.js';
import type { FlagDocument, GuildEntry } from './documents.js';
import { concernedAndOn } from './onForSomebody.js';
import type { FieldChange } from './planning/fields.js';
import type { KnownGuilds } from './planning/Plan.js';
import type { Difference } from './results.js';
import { everythingOff as isEverythingOff, type World } from './world.js';

/** Events that all guilds of a beta hear of; the lease holder turns one of these into their notices, in batches. */
export type FanoutEvent = Extract<BetaEvent, 'killed' | 'restored' | 'released'>;

/** The body of an outbox entry that is not a notice, but stands for many. */
export interface Fanout {
  readonly kind: 'beta-fanout';
  readonly flag: string;
  readonly event: FanoutEvent;
}

export interface Told {
  readonly change: FlagChange;
  readonly by: Actor;
  readonly reason: string | undefined;
  readonly title: string;
  readonly differences: readonly Difference[];
  readonly notes: readonly string[];
  readonly fields: readonly FieldChange[];
  /** Made in spite of a freeze. */
  readonly overridesFreeze: boolean;
  readonly before: World;
  readonly after: World;
  readonly guilds: KnownGuilds;
}

/** The outbox of one change: the notice to staff comes first. */
export function newsOf(told: Told): readonly Json[] {
  const flags = new Set(told.fields.filter(({ ns }) => ns === 'flags').map(({ key }) => key));
  // Of its own changes a rollout tells in its own words.
  const own = told.change.do === 'rollout' ? [] : staffNews(told);
  return [...own, ...guildNews(told), ...[...flags].flatMap((flag) => fanouts(told, flag))].map(toJson);
}

/** What on-call is called for while everything is off. */
const everything = 'everything';

/** That everything is off is the same news, whether a rollback or the switch alone did it: everybody hears of it, and of its end. */
function staffNews(told: Told): readonly Notice[] {
  const [was, is] = [switchedOff(told.before), switchedOff(told.after)];
  const first: Notice = {
    ...{ kind: 'flag-changed', to: 'operations', card: staffCard(told) },
    ...(!was && is && { pingOnCall: true, trouble: everything }),
    ...(was && !is && { over: [everything] }),
  };
  if (was === is) return [first];
  const { kind, card } = first;
  return [first, { kind, to: 'dev-team', card }, { kind, to: 'management', card }];
}

function switchedOff(world: World): boolean {
  return isEverythingOff(world) !== undefined;
}

function staffCard(told: Told): Card {
  const { change, by, reason, title, differences, notes } = told;
  const entry = { by, ...(reason !== undefined && { reason }) };
  if (change.do === 'kill-all') return everythingOff(entry);
  if (change.do === 'unkill-all') return everythingOn(entry);
  if (change.do === 'beta-join') {
    const flag = told.after.flags.get(change.flag);
    if (flag !== undefined && isWaiting(flag, told.after.guilds.get(change.guild)?.entries[change.flag])) {
      const guild = told.guilds.guild(change.guild) ?? { name: `guild ${change.guild}`, members: 0 };
      return betaRequested({
        flag: flag.key,
        description: flag.description,
        guild: { id: change.guild, name: guild.name, members: guild.members },
        by,
      });
    }
  }
  const tone = change.do === 'kill' ? 'bad' : told.overridesFreeze ? 'warn' : 'info';
  const isOn = concernedAndOn(told.fields, told.after);
  return flagChanged({ title, differences, notes, tone, isOn, ...entry });
}

/** What one guild's own entries say to it, and to whoever asked for it. */
function guildNews({ fields, before, after, by, guilds }: Told): readonly Notice[] {
  const touched = new Map<string, readonly [guild: string, flag: string]>();
  for (const { ns, key, path } of fields) {
    if (ns === 'guilds' && path[0] === 'entries' && path[1] !== undefined) {
      touched.set(`${key} ${path[1]}`, [key, path[1]]);
    }
  }
  return [...touched.values()].flatMap(([guildId, key]) => {
    const flag = after.flags.get(key);
    if (flag === undefined) return [];
    const was = before.guilds.get(guildId)?.entries[key];
    const document = after.guilds.get(guildId);
    const is = document?.entries[key];
    const guildName = guilds.guild(guildId)?.name ?? `guild ${guildId}`;
    return [
      ...membershipNews(flag, was, is, document?.channelId ?? null, by),
      ...answerNews(flag, guildName, was, is),
    ];
  });
}

function membershipNews(
  flag: FlagDocument,
  was: GuildEntry | undefined,
  is: GuildEntry | undefined,
  channel: string | null,
  by: Actor,
): readonly Notice[] {
  if (channel === null || isInBeta(flag, was) === isInBeta(flag, is)) return [];
  const event = isInBeta(flag, is) ? 'joined' : 'left';
  // Who answered a request is staff's own business; whoever pressed "join" is the guild's.
  const own =
    is?.joined?.by === by.id || (event === 'left' && was?.joined !== undefined && is?.answer === undefined);
  const card = betaNews({ flag: flag.key, description: flag.description, event, ...(own && { by }) });
  return [{ kind: 'beta-news', to: { channel }, card }];
}

function answerNews(
  flag: FlagDocument,
  guildName: string,
  was: GuildEntry | undefined,
  is: GuildEntry | undefined,
): readonly Notice[] {
  const answer = is?.answer;
  const asker = is?.joined?.by ?? '';
  if (answer === undefined || was?.joined?.at !== is?.joined?.at || was?.answer !== undefined) return [];
  if (!/^\d+$/.test(asker)) return [];
  const card = betaAnswered({
    flag: flag.key,
    guildName,
    answer: answer.is,
    ...(answer.reason !== undefined && { reason: answer.reason }),
  });
  return [{ kind: 'beta-answer', to: { user: asker }, card }];
}

function fanouts({ before, after }: Told, key: string): readonly Fanout[] {
  const [was, is] = [before.flags.get(key), after.flags.get(key)];
  if (
    was === undefined ||
    is === undefined ||
    ![...after.guilds.values()].some((guild) => hears(guild.entries[key]))
  ) {
    return [];
  }
  const event = eventOf(was, is);
  return event === undefined ? [] : [{ kind: 'beta-fanout', flag: key, event }];
}

function hears(entry: GuildEntry | undefined): boolean {
  return entry?.joined !== undefined || entry?.keepOff !== undefined;
}

function eventOf(was: FlagDocument, is: FlagDocument): FanoutEvent | undefined {
  if (was.killed === null && is.killed !== null) return 'killed';
  if (was.killed !== null && is.killed === null) return 'restored';
  return !isReleased(was) && isReleased(is) && is.killed === null ? 'released' : undefined;
}

function toJson(body: Notice | Fanout): Json {
  return plain(body);
}
