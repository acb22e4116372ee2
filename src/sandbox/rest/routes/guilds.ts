/** Guilds with their channels, roles and members. */
import { z } from 'zod';
import { text } from '../../rules/fields.js';
import { wireChannel, wireGuild } from '../../wire/guilds.js';
import { wireMember, wireRole } from '../../wire/people.js';
import { refusals } from '../ApiError.js';
import type { Rooms } from '../Rooms.js';
import { noContent, ok, type Router } from '../Router.js';

const channelEdit = z.strictObject({
  name: text(1, 100).nullish(),
  topic: text(0, 1024).nullish(),
  archived: z.boolean().nullish(),
  locked: z.boolean().nullish(),
  auto_archive_duration: z
    .union([z.literal(60), z.literal(1440), z.literal(4320), z.literal(10080)])
    .nullish(),
});

export function guildRoutes(router: Router, rooms: Rooms): void {
  const { world } = rooms;
  router
    .on('GET', '/guilds/:guild', (request) =>
      ok(wireGuild(rooms.guild(request.param('guild')), request.query.get('with_counts') === 'true')),
    )
    .on('GET', '/guilds/:guild/channels', (request) => {
      const channels = [...rooms.guild(request.param('guild')).channels.values()];
      return ok(
        channels.filter(({ thread }) => thread === null).map((channel) => wireChannel(world, channel)),
      );
    })
    .on('GET', '/guilds/:guild/roles', (request) => {
      const guild = rooms.guild(request.param('guild'));
      return ok([...guild.roles.values()].map((role) => wireRole(guild, role)));
    })
    // The whole list is behind the privileged intent for members, which this bot does not have.
    .on('GET', '/guilds/:guild/members', (request) => {
      rooms.guild(request.param('guild'));
      throw refusals.missingAccess();
    })
    .on('GET', '/guilds/:guild/members/search', (request) => {
      const guild = rooms.guild(request.param('guild'));
      const query = (request.query.get('query') ?? '').toLowerCase();
      const limit = request.number('limit', 1, 1, 1000);
      const found = [...guild.members.values()].filter(({ userId }) =>
        world.user(userId).name.toLowerCase().startsWith(query),
      );
      return ok(found.slice(0, limit).map((member) => wireMember(world, member)));
    })
    .on('GET', '/guilds/:guild/members/:user', (request) => {
      const guild = rooms.guild(request.param('guild'));
      const user = world.users.get(request.param('user') === '@me' ? world.bot.id : request.param('user'));
      if (!user) throw refusals.unknownUser();
      const member = guild.members.get(user.id);
      if (!member) throw refusals.unknownMember();
      return ok(wireMember(world, member));
    })
    .on('GET', '/guilds/:guild/threads/active', (request) => {
      const guild = rooms.guild(request.param('guild'));
      const threads = [...guild.channels.values()].filter(
        (channel) => channel.thread?.archived === false && world.canSee(channel, world.bot.id),
      );
      return ok({
        threads: threads.map((thread) => wireChannel(world, thread)),
        members: [],
        has_more: false,
      });
    })
    .on('GET', '/channels/:channel', (request) =>
      ok(wireChannel(world, rooms.channel(request.param('channel')))),
    )
    .on('PATCH', '/channels/:channel', (request) => {
      const channel = rooms.channel(request.param('channel'));
      const isOwnThread = channel.thread?.ownerId === world.bot.id;
      if (!isOwnThread) rooms.channel(channel.id, channel.thread ? 'ManageThreads' : 'ManageChannels');
      const edit = request.body(channelEdit);
      if (edit.name) channel.name = edit.name;
      if (edit.topic !== undefined) channel.topic = edit.topic;
      if (channel.thread) {
        channel.thread.archived = edit.archived ?? channel.thread.archived;
        channel.thread.locked = edit.locked ?? channel.thread.locked;
        channel.thread.autoArchiveMinutes = edit.auto_archive_duration ?? channel.thread.autoArchiveMinutes;
      }
      world.tell({ type: 'channelUpdate', channel });
      return ok(wireChannel(world, channel));
    })
    .on('DELETE', '/channels/:channel', (request) => {
      const channel = rooms.channel(request.param('channel'));
      if (channel.guildId !== null)
        rooms.channel(channel.id, channel.thread ? 'ManageThreads' : 'ManageChannels');
      const wire = wireChannel(world, channel);
      world.removeChannel(channel);
      return ok(wire);
    })
    .on('POST', '/channels/:channel/typing', (request) => {
      rooms.channel(request.param('channel'), 'SendMessages');
      return noContent;
    });
}
