/** From the blobs of all processes to one list: each shard is described by the newest blob that covers it. */
import type { ListedGuild } from './blob.js';

/** Which shards a process serves, of how many. */
export interface ShardSet {
  readonly shards: readonly number[];
  readonly count: number;
}

export interface ProcessGuilds extends ShardSet {
  /** When it was written, in the store's time. */
  readonly at: number;
  readonly guilds: readonly ListedGuild[];
}

/** `0-1/2`: a process that starts again finds its own blob under this name, and replaces it. */
export function ownerOf({ shards, count }: ShardSet): string {
  return `${[...shards].sort((a, b) => a - b).join('-')}/${count}`;
}

export function readOwner(owner: string): ShardSet | undefined {
  const [, shards, count] = /^(\d+(?:-\d+)*)\/(\d+)$/.exec(owner) ?? [];
  if (shards === undefined || count === undefined) return undefined;
  return { shards: shards.split('-').map(Number), count: Number(count) };
}

/** Discord's rule: which shard hears of a guild. */
export function shardOf(guildId: string, count: number): number {
  return /^\d{1,20}$/.test(guildId) ? Number((BigInt(guildId) >> 22n) % BigInt(count)) : 0;
}

/**
 * All guilds, each once. After a change of the shard count the blobs of the old count still fill in, until those of the
 * newest one cover every shard.
 */
export function union(processes: readonly ProcessGuilds[]): ReadonlyMap<string, ListedGuild> {
  const byCount = new Map<number, ProcessGuilds[]>();
  for (const process of processes) {
    const same = byCount.get(process.count);
    if (same === undefined) byCount.set(process.count, [process]);
    else same.push(process);
  }
  const newestFirst = [...byCount.entries()]
    .map(([count, group]) => ({ count, group, at: Math.max(...group.map(({ at }) => at)) }))
    .sort((a, b) => b.at - a.at);

  const found = new Map<string, ListedGuild>();
  for (const { count, group } of newestFirst) {
    const authorities = authoritiesOf(count, group);
    for (const [shard, process] of authorities) {
      for (const guild of process.guilds) {
        if (shardOf(guild.id, count) === shard && !found.has(guild.id)) found.set(guild.id, guild);
      }
    }
    if (authorities.size === count) break;
  }
  return found;
}

function authoritiesOf(count: number, group: readonly ProcessGuilds[]): ReadonlyMap<number, ProcessGuilds> {
  const authorities = new Map<number, ProcessGuilds>();
  for (const process of group) {
    for (const shard of process.shards) {
      const known = authorities.get(shard);
      if (shard < count && (known === undefined || known.at < process.at)) authorities.set(shard, process);
    }
  }
  return authorities;
}
