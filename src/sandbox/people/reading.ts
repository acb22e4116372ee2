/** Turns Discord's notation into what a person reads: marks are gone, escapes are literal, mentions have names. */
import type { World } from '../world/World.js';

/** In this order: what cannot hold other notation first. */
const notation =
  /\\([^A-Za-z0-9\s])|```(?:\w+\n)?([\s\S]+?)```|`([^`\n]+)`|<@&(\d+)>|<@!?(\d+)>|<#(\d+)>|<t:(-?\d+)(?::[tTdDfFR])?>|<\/([^:>]+):\d+>|\*\*([\s\S]+?)\*\*|__([\s\S]+?)__|~~([\s\S]+?)~~|\|\|([\s\S]+?)\|\||\*(?!\s)([^*\n]+)\*|(?<!\w)_([^_\n]+)_(?!\w)|\[([^\]\n]+)]\(https?:[^)\s]+\)|^(?:>>?>? |#{1,3} |-# )/gm;

export function asRead(world: World, text: string): string {
  return text.replace(notation, (all: string, ...groups: (string | number | undefined)[]) => {
    const [escaped, block, code, role, user, channel, time, command, ...marked] = groups.slice(0, 15) as (
      string | undefined
    )[];
    const literal = escaped ?? block ?? code;
    if (literal !== undefined) return literal;
    if (role !== undefined) return `@${roleName(world, role)}`;
    if (user !== undefined) return `@${world.users.get(user)?.name ?? 'unknown-user'}`;
    if (channel !== undefined) return `#${world.channels.get(channel)?.name ?? 'unknown'}`;
    if (time !== undefined) return new Date(Number(time) * 1000).toISOString();
    if (command !== undefined) return `/${command}`;
    const inner = marked.find((part) => part !== undefined);
    return inner === undefined ? '' : asRead(world, inner);
  });
}

function roleName(world: World, id: string): string {
  for (const guild of world.guilds.values()) {
    const role = guild.roles.get(id);
    if (role) return role.name;
  }
  return 'deleted-role';
}
