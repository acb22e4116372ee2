/** The world as it is at every start: the staff guild, the three guilds of the plan, and a crowd of others. */
import { PermissionFlagsBits as Right } from 'discord-api-types/v10';
import type { Clock } from '../../lib/core/Clock.js';
import { GuildBuilder } from './GuildBuilder.js';
import type { Guild, User } from './model.js';
import { fixedId } from './snowflake.js';
import { World } from './World.js';

const staffNames = ['admin', 'staff', 'oncall', 'guest'] as const;
const planGuilds = [
  { name: 'internal_test_server', manager: 'internal_manager', memberCount: 12 },
  { name: 'beta_server_1', manager: 'beta1_manager', memberCount: 840 },
  { name: 'beta_server_2', manager: 'beta2_manager', memberCount: 2_300 },
] as const;
/** The largest guild of the crowd; the n-th has an n-th of it (Zipf). */
const largestCrowd = 120_000;
const firstCrowdGuild = 10;

function person(name: string, n: number, bot = false): User {
  return { id: fixedId('user', n), name, bot, directMessagesClosed: false };
}

/** Builds the seeded world with `guildCount` guilds in all (at least the four that have names). */
export function seededWorld(clock: Clock, guildCount: number): World {
  const bot = person('Rollouts', 0, true);
  const world = new World(clock, bot, fixedId('guild', 0));
  const staff = staffNames.map((name, index) => world.addUser(person(name, index + 1)));
  const outsider = world.addUser(person('member', 9));
  world.addUser(person('owner', 99));
  world.addGuild(staffGuild(world, staff));
  for (const [index, plan] of planGuilds.entries()) {
    const manager = world.addUser(person(plan.manager, 10 + index));
    const guild = new GuildBuilder(index + 1, plan.name, world.bot, manager.id, plan.memberCount)
      .role('Manager', Right.ManageGuild, { color: 0x5865f2 }, manager.id)
      .member(staff[0]?.id)
      .member(outsider.id)
      .channel('general')
      .channel('announcements')
      .build();
    world.addGuild(guild);
  }
  addCrowd(world, Math.max(0, guildCount - world.guilds.size));
  return world;
}

function staffGuild(world: World, [admin, staff, onCall, guest]: readonly User[]): Guild {
  const builder = new GuildBuilder(0, 'Rollout HQ', world.bot, fixedId('user', 99), 24);
  builder
    .role('Admin', Right.Administrator, { color: 0xed4245 }, admin?.id)
    .role('Staff', Right.ManageMessages, { color: 0x57f287 }, admin?.id, staff?.id)
    .role('On-call', 0n, { color: 0xfee75c, mentionable: false }, onCall?.id)
    .member(guest?.id);
  const insiders = ['Admin', 'Staff', 'On-call'];
  return builder
    .channel('general')
    .channel('operations', { visibleTo: insiders })
    .channel('dev-team', { visibleTo: insiders })
    .channel('management', { visibleTo: ['Admin', 'Staff'] })
    .build();
}

/** Adds `count` guilds with a manager each, after those that are there. */
export function addCrowd(world: World, count: number): Guild[] {
  const added: Guild[] = [];
  for (let n = firstCrowdGuild; added.length < count; n++) {
    if (world.guilds.has(fixedId('guild', n))) continue;
    const rank = n - firstCrowdGuild + 1;
    const name = `guild_${String(rank).padStart(2, '0')}`;
    const manager = world.addUser(person(`${name}_manager`, 100 + rank));
    const memberCount = Math.max(2, Math.round(largestCrowd / rank));
    const guild = new GuildBuilder(n, name, world.bot, manager.id, memberCount)
      .role('Manager', Right.ManageGuild, { color: 0x5865f2 }, manager.id)
      .channel('general')
      .build();
    world.addGuild(guild);
    added.push(guild);
  }
  return added;
}
