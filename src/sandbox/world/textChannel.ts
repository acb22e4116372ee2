import type { Channel, Guild } from './model.js';

/** A text channel below the others of a guild, not yet part of the world. */
export function textChannel(
  id: string,
  guild: Readonly<Guild>,
  name: string,
  facts: { readonly topic?: string; readonly keptMessages?: number; readonly isMuted?: boolean } = {},
): Channel {
  const { topic = null, keptMessages, isMuted = false } = facts;
  return {
    ...{ id, type: 0, guildId: guild.id, name, topic, parentId: null, position: guild.channels.size },
    ...{ overwrites: new Map(), recipients: [], thread: null, messages: new Map(), isMuted },
    ...(keptMessages === undefined ? {} : { keptMessages }),
  };
}
