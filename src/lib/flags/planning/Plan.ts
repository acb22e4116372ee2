/** What the planners look at and what they answer. They are pure: same question, same plan. */
import type { Actor } from '../changes.js';
import type { Stamp } from '../documents.js';
import type { GuildFacts } from '../FlagsRoom.js';
import type { Draft, RoomNamespace, World } from '../world.js';

/** A document as it shall be; null deletes it. */
export type Write = {
  [Ns in RoomNamespace]: { readonly ns: Ns; readonly key: string; readonly next: Draft<Ns> | null };
}[RoomNamespace];

/** The guilds that are known, by id, for names and for refusing those that do not exist. */
export interface KnownGuilds {
  guild(id: string): GuildFacts | undefined;
  /** Names near to what was typed, best first. */
  nearestGuilds(typed: string): readonly string[];
}

export interface Planning {
  readonly world: World;
  readonly guilds: KnownGuilds;
  readonly by: Actor;
  readonly reason: string | undefined;
  /** Domain time, ms since epoch. */
  readonly now: number;
}

export interface Plan {
  /** One line for people: `Enable new_greeting for 25 % of guilds`. */
  readonly title: string;
  readonly writes: readonly Write[];
  /** What is worth knowing beside it, one sentence each. */
  readonly notes: readonly string[];
}

export function stamp({ by, now, reason }: Planning): Stamp {
  return { by: by.id, at: now, ...(reason !== undefined && { reason }) };
}

export function guildName(planning: Pick<Planning, 'guilds'>, id: string): string {
  return planning.guilds.guild(id)?.name ?? `guild ${id}`;
}
