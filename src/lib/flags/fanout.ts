/** What "this beta was killed, restored or released" means for each guild that asked to hear of it. */
import { z } from 'zod';
import type { Card, Notice } from '../alerts/Card.js';
import { betaNews } from '../alerts/wording/beta.js';
import type { Json } from '../core/Json.js';
import { isInBeta, keepsOff } from './betaRights.js';
import type { FlagDocument, GuildEntry } from './documents.js';
import type { Fanout } from './news.js';
import type { World } from './world.js';

/** A notice and the guild that it is for. */
export interface GuildNotice {
  readonly key: string;
  readonly notice: Notice;
}

const fanout: z.ZodType<Fanout> = z.object({
  kind: z.literal('beta-fanout'),
  flag: z.string(),
  event: z.enum(['killed', 'restored', 'released']),
});

/** The notices that the body of an outbox entry stands for, as of now; none where it is no fan-out or the flag has gone. */
export function fanoutNotices(world: World, body: Json): readonly GuildNotice[] {
  const read = fanout.safeParse(body).data;
  const flag = read === undefined ? undefined : world.flags.get(read.flag);
  if (read === undefined || flag === undefined) return [];
  return [...world.guilds.values()].flatMap(({ id, channelId, entries }) => {
    if (channelId === null) return [];
    const card = cardFor(entries[flag.key], flag, read.event);
    return card === undefined
      ? []
      : [{ key: id, notice: { kind: 'beta-news', to: { channel: channelId }, card } }];
  });
}

function cardFor(
  entry: GuildEntry | undefined,
  flag: FlagDocument,
  event: Fanout['event'],
): Card | undefined {
  const { key, description } = flag;
  if (entry?.keepOff !== undefined) {
    // Its wish still stands, or it has just ended: only the second is news.
    const lapsed = event === 'released' && !keepsOff({ ...flag, basisPoints: 10_000 }, entry);
    return lapsed ? betaNews({ flag: key, description, event: 'lapsed' }) : undefined;
  }
  return isInBeta(flag, entry) ? betaNews({ flag: key, description, event }) : undefined;
}
