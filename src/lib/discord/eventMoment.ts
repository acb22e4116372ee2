/** When Discord made an event, and in which shard: what decides which release answers it. */
import { SnowflakeUtil } from 'discord.js';

/** An interaction or a message, as far as this needs it. */
export interface DiscordEvent {
  readonly id: string;
  readonly guildId?: string | null;
}

export interface EventMoment {
  /** ms since epoch, by Discord's clock. */
  readonly at: number;
  /** `3/16`; direct messages come in shard 0. */
  readonly shard: string;
}

/** @param event an event, or the snowflake of one that belongs to no guild */
export function eventMoment(event: DiscordEvent | string, shardCount: number): EventMoment {
  const { id, guildId = null } = typeof event === 'string' ? { id: event } : event;
  // Discord's formula: https://discord.com/developers/docs/topics/gateway#sharding
  const shard = guildId === null ? 0n : (BigInt(guildId) >> 22n) % BigInt(shardCount);
  return { at: SnowflakeUtil.timestampFrom(id), shard: `${shard}/${shardCount}` };
}
