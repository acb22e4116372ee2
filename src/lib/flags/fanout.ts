/** Turns "this beta was killed, restored or released" into the notices of all guilds that asked to hear of it. */
import { z } from 'zod';
import { betaNews } from '../alerts/wording/beta.js';
import type { Notice } from '../alerts/Card.js';
import type { Json } from '../core/Json.js';
import type { Fence, OutboxEntry, Store } from '../state/Store.js';
import { isInBeta, keepsOff } from './betaRights.js';
import type { FlagDocument, GuildDocument, GuildEntry } from './documents.js';
import type { Fanout } from './news.js';
import { position } from './position.js';
import type { World } from './world.js';

/** Each batch is one commit with an operation id of its own: whatever is repeated after a crash happens once. */
const batches = 64;

/** Generous: nobody waits for this, and a late one is simply done again. */
const deadlineMs = 30_000;

const fanout: z.ZodType<Fanout> = z.object({
  kind: z.literal('beta-fanout'),
  flag: z.string(),
  event: z.enum(['killed', 'restored', 'released']),
});

export function readFanout(body: Json): Fanout | undefined {
  return fanout.safeParse(body).data;
}

/**
 * @param time the store's clock
 * @throws Fenced, where another process leads by now; Unavailable. Calling again goes on where it stopped.
 */
export async function expandFanout(
  store: Pick<Store, 'commit'>,
  world: World,
  entry: OutboxEntry,
  fence: Fence,
  time: { now(): Promise<number> },
): Promise<void> {
  const body = readFanout(entry.body);
  const flag = body === undefined ? undefined : world.flags.get(body.flag);
  // A flag that has gone since has nobody left to tell.
  if (body === undefined || flag === undefined) return;
  const outboxes: Json[][] = Array.from({ length: batches }, () => []);
  for (const guild of world.guilds.values()) {
    const notice = noticeTo(guild, flag, body);
    if (notice !== undefined) outboxes[position(entry.id, guild.id) % batches]?.push(notice);
  }
  for (const [batch, outbox] of outboxes.entries()) {
    if (outbox.length === 0) continue;
    const op = `fanout-${entry.id}-${entry.commitId}-${batch}`;
    await store.commit({
      op,
      notAfter: (await time.now()) + deadlineMs,
      fence,
      changes: [],
      audit: [],
      outbox,
    });
  }
}

function noticeTo(guild: GuildDocument, flag: FlagDocument, { event }: Fanout): Json | undefined {
  const entry = guild.entries[flag.key];
  const card = guild.channelId === null ? undefined : cardFor(entry, flag, event);
  if (guild.channelId === null || card === undefined) return undefined;
  const notice: Notice = { kind: 'beta-news', to: { channel: guild.channelId }, card };
  return JSON.parse(JSON.stringify(notice)) as Json;
}

function cardFor(
  entry: GuildEntry | undefined,
  flag: FlagDocument,
  event: Fanout['event'],
): Notice['card'] | undefined {
  const { key, description } = flag;
  if (entry?.keepOff !== undefined) {
    // Its wish still stands, or it has just ended: only the second is news.
    const lapsed = event === 'released' && !keepsOff({ ...flag, basisPoints: 10_000 }, entry);
    return lapsed ? betaNews({ flag: key, description, event: 'lapsed' }) : undefined;
  }
  return isInBeta(flag, entry) ? betaNews({ flag: key, description, event }) : undefined;
}
