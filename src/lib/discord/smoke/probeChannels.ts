/** Can the alert channels be written to? Typing asks for the same right as a message, and leaves nothing behind. */
import { Routes, type Client } from 'discord.js';
import type { Messenger } from '../../alerts/Messenger.js';
import type { SmokeFinding } from '../../smoke/SmokeTest.js';
import { undeliverable } from '../RestMessengerFaults.js';
import { staffChannels } from './probeRights.js';

export async function probeChannels(
  { rest }: Pick<Client, 'rest'>,
  messenger: Pick<Messenger, 'resolve'>,
  signal: AbortSignal,
): Promise<readonly SmokeFinding[]> {
  return Promise.all(
    staffChannels.map(async (name) => {
      const what = `#${name} can be written to`;
      try {
        await rest.post(Routes.channelTyping(await messenger.resolve(name)), { signal });
        return { what, ok: true, detail: '' };
      } catch (error) {
        return { what, ok: false, detail: undeliverable(error).message };
      }
    }),
  );
}
