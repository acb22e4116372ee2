/** Can the bot post in a channel of this guild? Asked before a guild relies on it. */
import { PermissionFlagsBits, type Guild } from 'discord.js';
import { RolloutError } from '../core/RolloutError.js';

export class CannotPost extends RolloutError {
  public readonly code = 'CANNOT_POST';
}

const needed = [
  ['View Channel', PermissionFlagsBits.ViewChannel],
  ['Send Messages', PermissionFlagsBits.SendMessages],
  ['Embed Links', PermissionFlagsBits.EmbedLinks],
] as const;

/** Throws {@link CannotPost} with the permissions that are missing. */
export function requirePosting(guild: Guild | null, channelId: string): void {
  const me = guild?.members.me;
  const channel = guild?.channels.cache.get(channelId);
  const permissions = me && channel ? channel.permissionsFor(me) : undefined;
  const missing = needed.filter(([, bit]) => permissions?.has(bit) !== true).map(([name]) => name);
  if (missing.length === 0) return;
  throw new CannotPost(`The bot may not post in that channel; it lacks ${missing.join(', ')}.`, {
    next: 'Give the bot these permissions there, or choose another channel.',
  });
}
