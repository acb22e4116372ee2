/** Staff's own decisions: allow, deny or clear, for one guild or for a cohort. */
import type { FlagDocument, GuildEntry, Override } from '../documents.js';
import type { Draft } from '../world.js';
import { checkGuild, findCohort, findLiveFlag, guildDraft } from './lookups.js';
import { guildName, type Plan, type Planning, stamp, type Write } from './Plan.js';
import { hindrances, served } from './serving.js';

const verbs = { allow: 'Allow', deny: 'Deny', clear: 'Clear the override of' } as const;

export function planGuildOverride(
  planning: Planning,
  key: string,
  guildId: string,
  what: Override | 'clear',
): Plan {
  const flag = findLiveFlag(planning.world, key);
  // What a guild has left behind can be cleared after the bot has left it.
  if (what !== 'clear' || planning.world.guilds.get(guildId) === undefined) checkGuild(planning, guildId);
  const before = planning.world.guilds.get(guildId)?.entries[key];
  const after =
    what === 'clear'
      ? without(before, 'override')
      : before?.override?.is === what
        ? before
        : { ...before, override: { is: what, ...stamp(planning) } };
  return {
    title: `${verbs[what]} ${key} in ${guildName(planning, guildId)}`,
    writes: [...woken(planning, flag, what), entryWrite(planning, guildId, key, after)],
    notes: [
      ...wokenNote(flag, what),
      ...(what === 'allow' ? hindrances(planning.world, flag) : []),
      ...(what === 'allow' && before?.keepOff !== undefined
        ? ['The guild itself keeps it off, which beats the allow while the flag is below 100 %.']
        : []),
    ],
  };
}

export function planCohortOverride(
  planning: Planning,
  key: string,
  name: string,
  what: Override | 'clear',
): Plan {
  const flag = findLiveFlag(planning.world, key);
  const before = flag.cohorts[name];
  if (what !== 'clear' || before === undefined) findCohort(planning.world, name);
  const cohorts = { ...flag.cohorts };
  if (what === 'clear') delete cohorts[name];
  else if (before?.override !== what) cohorts[name] = { override: what, ...stamp(planning) };
  const wakes = what === 'allow' && !flag.enabled;
  const settings = wakes ? { cohorts, enabled: true, basisPoints: 0 } : { cohorts };
  return {
    title: `${verbs[what]} ${key} in the cohort ${name}`,
    writes: [served(planning, flag, settings, wakes)],
    notes: [...wokenNote(flag, what), ...(what === 'allow' ? hindrances(planning.world, flag) : [])],
  };
}

/** An allow on a disabled flag wakes it at 0 %: on only where it is allowed. */
function woken(planning: Planning, flag: FlagDocument, what: Override | 'clear'): readonly Write[] {
  if (what !== 'allow' || flag.enabled) return [];
  return [served(planning, flag, { enabled: true, basisPoints: 0 }, true)];
}

function wokenNote(flag: FlagDocument, what: Override | 'clear'): readonly string[] {
  if (what !== 'allow' || flag.enabled) return [];
  return ['It was disabled; it is now enabled at 0 %, on only where it is allowed.'];
}

/** The guild's document with this entry for the flag; an empty entry goes. */
export function entryWrite(
  { world }: Planning,
  guildId: string,
  key: string,
  entry: GuildEntry | undefined,
): Write {
  const before: Draft<'guilds'> = guildDraft(world, guildId);
  const entries = { ...before.entries };
  if (entry === undefined || Object.values(entry).every((part) => part === undefined)) delete entries[key];
  else entries[key] = entry;
  return { ns: 'guilds', key: guildId, next: { ...before, entries } };
}

export function without(entry: GuildEntry | undefined, ...parts: readonly (keyof GuildEntry)[]): GuildEntry {
  return Object.fromEntries(
    Object.entries(entry ?? {}).filter(([part]) => !parts.some((gone) => gone === part)),
  );
}
