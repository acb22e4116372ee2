/** Whether what the bot wrote lately in the staff channels looks as everything of it does. */
import { Routes, SnowflakeUtil, type APIMessage, type Client } from 'discord.js';
import type { Messenger } from '../../alerts/Messenger.js';
import type { Json } from '../../core/Json.js';
import { faultsOf, type Look } from '../../smoke/probes/wording.js';
import type { SmokeFinding } from '../../smoke/SmokeTest.js';
import { undeliverable } from '../RestMessengerFaults.js';
import { staffChannels } from './probeRights.js';

export interface ProbeMessagesOptions {
  readonly client: Client<true>;
  readonly messenger: Pick<Messenger, 'resolve'>;
  readonly looks: readonly Look[];
  /** Real time, ms since epoch. */
  readonly now: number;
  readonly signal: AbortSignal;
}

/** Older ones may be of a release that is mended since, ms. */
const latelyMs = 3_600_000;
const mostMessages = '50';

export async function probeMessages(options: ProbeMessagesOptions): Promise<readonly SmokeFinding[]> {
  return Promise.all(staffChannels.map((name) => probeChannel(name, options)));
}

async function probeChannel(
  name: (typeof staffChannels)[number],
  { client, messenger, looks, now, signal }: ProbeMessagesOptions,
): Promise<SmokeFinding> {
  const what = `what was written in #${name} looks as everything does`;
  try {
    const route = Routes.channelMessages(await messenger.resolve(name));
    const query = new URLSearchParams({ limit: mostMessages });
    const messages = (await client.rest.get(route, { query, signal })) as APIMessage[];
    const own = messages.filter(
      ({ id, author }) => author.id === client.user.id && now - SnowflakeUtil.timestampFrom(id) < latelyMs,
    );
    const faults = own.flatMap((message) =>
      // People's own words stand in them: what looks like a slip may be theirs.
      faultsOf(message as unknown as Json, looks, []).map((fault) => `${titleOf(message)}: ${fault}`),
    );
    const said = `${faults.slice(0, 3).join('; ')}. This is a mistake in the bot: report it.`;
    return { what, ok: faults.length === 0, detail: faults.length === 0 ? '' : said };
  } catch (error) {
    if (signal.aborted) throw error;
    return { what, ok: false, detail: undeliverable(error).message };
  }
}

function titleOf({ embeds, id }: APIMessage): string {
  return embeds[0]?.title?.slice(0, 80) ?? `message ${id}`;
}
