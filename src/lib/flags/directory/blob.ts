/** What one process knows of its guilds, packed: columns of JSON, compressed off the main thread. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import type { GuildFacts } from '../FlagsRoom.js';

/** A guild that the bot may have left since. */
export interface ListedGuild extends GuildFacts {
  /** When it was found to have left, ms since epoch; null while the bot is in it. */
  readonly left: number | null;
}

const columns = z.object({
  format: z.literal(1),
  ids: z.array(z.string()),
  names: z.array(z.string()),
  members: z.array(z.number()),
  joined: z.array(z.number()),
  left: z.array(z.number().nullable()),
});

const pack = promisify(gzip);
const unpack = promisify(gunzip);

export async function packGuilds(guilds: readonly ListedGuild[]): Promise<Uint8Array> {
  const packed: z.infer<typeof columns> = {
    format: 1,
    ids: guilds.map(({ id }) => id),
    names: guilds.map(({ name }) => name),
    members: guilds.map(({ members }) => members),
    joined: guilds.map(({ joinedAt }) => joinedAt),
    left: guilds.map(({ left }) => left),
  };
  return pack(JSON.stringify(packed), { level: 1 });
}

/** @throws where the blob is not one of these */
export async function unpackGuilds(blob: Uint8Array): Promise<readonly ListedGuild[]> {
  const unpacked = columns.parse(JSON.parse((await unpack(blob)).toString('utf8')));
  return unpacked.ids.map((id, at) => ({
    id,
    name: unpacked.names[at] ?? id,
    members: unpacked.members[at] ?? 0,
    joinedAt: unpacked.joined[at] ?? 0,
    left: unpacked.left[at] ?? null,
  }));
}
