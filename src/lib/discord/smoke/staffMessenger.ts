import type { Client } from 'discord.js';
import type { House } from '../House.js';
import { RestMessenger } from '../RestMessenger.js';

/** Finds staff channels as the notices do. */
export function staffMessenger(
  { rest }: Pick<Client, 'rest'>,
  { config, realTime }: Pick<House, 'config' | 'realTime'>,
): RestMessenger {
  const { guildId, channels } = config.staff;
  return new RestMessenger({ rest, staffGuildId: guildId, channels, clock: realTime });
}
