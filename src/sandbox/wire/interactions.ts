/** An interaction as the gateway delivers it. */
import type { Interaction } from '../interactions/Interaction.js';
import type { World } from '../world/World.js';
import { wireChannel, wireInteractionMember } from './guilds.js';
import { wireMessage } from './messages.js';
import { wireUser } from './people.js';
import type { Wire } from './Wire.js';

const guildContext = 0;
const botDmContext = 1;

export function wireInteraction(world: World, { facts }: Interaction): Wire {
  const { id, token, type, data, user, channel, guild, source } = facts;
  const permissions = world.permissions(channel, user.id);
  const who = guild
    ? { member: wireInteractionMember(world, guild, user.id, permissions) }
    : { user: wireUser(user) };
  const where = guild
    ? { guild_id: guild.id, guild: { id: guild.id, locale: 'en-US', features: [] }, guild_locale: 'en-US' }
    : {};
  return {
    id,
    application_id: world.bot.id,
    type,
    token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: { ...wireChannel(world, channel), permissions: permissions.toString() },
    ...where,
    ...who,
    locale: 'en-US',
    app_permissions: world.permissions(channel, world.bot.id).toString(),
    entitlements: [],
    authorizing_integration_owners: guild ? { '0': guild.id } : { '0': '0' },
    context: guild ? guildContext : botDmContext,
    attachment_size_limit: 10 * 1024 * 1024,
    ...(source ? { message: wireMessage(world, source) } : {}),
  };
}
