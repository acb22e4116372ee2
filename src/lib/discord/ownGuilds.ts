/** What this process serves, as its gateway sessions know it. */
import type { Client, Guild } from 'discord.js';
import type { OwnGuilds } from '../flags/directory/GuildDirectory.js';
import type { GuildFacts } from '../flags/FlagsRoom.js';

/** Once the client is ready: before that it knows neither its shards nor its guilds. */
export function ownGuilds(client: Client<true>): OwnGuilds {
  return {
    shards: [...client.ws.shards.keys()],
    count: client.options.shardCount ?? client.ws.shards.size,
    *guilds(): Iterable<GuildFacts> {
      for (const guild of client.guilds.cache.values()) yield factsOf(guild);
    },
  };
}

/** A guild that Discord has not reached since this process began has no name yet. */
function factsOf({ id, name, memberCount, joinedTimestamp }: Partial<Guild> & Pick<Guild, 'id'>): GuildFacts {
  return { id, name: name ?? id, members: memberCount ?? 0, joinedAt: joinedTimestamp ?? 0 };
}

/** The same in numbers, for the other processes; before the gateway is ready it serves nothing. */
export function servedBy(client: Client): {
  readonly guilds: number;
  readonly shards: readonly number[];
  readonly shardCount: number;
} {
  if (!client.isReady()) return { guilds: 0, shards: [], shardCount: 0 };
  const { shards, count } = ownGuilds(client);
  return { guilds: client.guilds.cache.size, shards, shardCount: count };
}
