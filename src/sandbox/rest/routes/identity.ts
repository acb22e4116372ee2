/** Who the bot is, where the gateway is, and who other people are. */
import { z } from 'zod';
import { snowflake } from '../../rules/fields.js';
import { wireChannel } from '../../wire/guilds.js';
import { wireSelf, wireUser } from '../../wire/people.js';
import type { Wire } from '../../wire/Wire.js';
import type { World } from '../../world/World.js';
import { refusals } from '../ApiError.js';
import type { Rooms } from '../Rooms.js';
import { ok, type Router } from '../Router.js';

const guildsPerRecommendedShard = 1_000;

export function identityRoutes(router: Router, { world }: Rooms, gatewayUrl: () => string): void {
  router
    .on('GET', '/gateway', () => ok({ url: gatewayUrl() }))
    .on('GET', '/gateway/bot', () => {
      const shards = Math.max(1, Math.ceil(world.guilds.size / guildsPerRecommendedShard));
      // Identifying is limited to one shard a 5 s and slot; with a slot a shard, a local start takes no such time.
      const limit = {
        total: 1_000,
        remaining: 1_000,
        reset_after: 86_400_000,
        max_concurrency: Math.max(16, shards),
      };
      return ok({ url: gatewayUrl(), shards, session_start_limit: limit });
    })
    .on('GET', '/users/@me', () => ok(wireSelf(world.bot)))
    .on('GET', '/users/@me/guilds', () =>
      ok(
        [...world.guilds.values()].slice(0, 200).map((guild) => ({
          id: guild.id,
          name: guild.name,
          icon: null,
          banner: null,
          owner: false,
          permissions: '0',
          features: [],
        })),
      ),
    )
    .on('POST', '/users/@me/channels', (request) => {
      const { recipient_id: id } = request.body(z.strictObject({ recipient_id: snowflake }));
      const user = world.users.get(id);
      if (!user) throw refusals.unknownUser();
      if (user.bot) throw refusals.cannotMessageUser();
      return ok(wireChannel(world, world.directMessages(user)));
    })
    .on('GET', '/users/:user', (request) => {
      const user = world.users.get(request.param('user'));
      if (!user) throw refusals.unknownUser();
      return ok(wireUser(user));
    })
    .on('GET', '/applications/@me', () => ok(wireApplication(world)))
    .on('GET', '/oauth2/applications/@me', () => ok(wireApplication(world)));
}

function wireApplication(world: World): Wire {
  const { bot } = world;
  const owner = world.guilds.get(world.staffGuildId)?.ownerId ?? bot.id;
  return {
    ...{ id: bot.id, name: bot.name, icon: null, description: 'The bot under test', type: null, flags: 0 },
    ...{ flags_new: '0', verify_key: '0'.repeat(64), redirect_uris: [], interactions_endpoint_url: null },
    ...{ role_connections_verification_url: null, owner: wireUser(world.user(owner)), bot: wireUser(bot) },
    approximate_guild_count: world.guilds.size,
    ...{ approximate_user_install_count: 0, approximate_user_authorization_count: 0 },
    ...{ explicit_content_filter: 0, team: null, bot_public: false, bot_require_code_grant: false },
    eligible_oauth2_scopes: [],
  };
}
