/** The channel in which members read: it may lie in any guild of the bot. */
import {
  DiscordAPIError,
  Routes,
  type APIGuild,
  type APIGuildChannel,
  type APIGuildMember,
  type REST,
} from 'discord.js';
import { channelRights, guildRights, lackingIn } from '../../lib/discord/botRights.js';
import { ok, problem, type Finding } from './Finding.js';

const about = 'USERS_CHANNEL_ID';
const needed: readonly string[] = ['View Channel', 'Send Messages', 'Embed Links', 'Read Message History'];

/** @param userId of the bot. Throws what Discord answers where the channel's guild cannot be asked. */
export async function checkUsersChannel(
  rest: Pick<REST, 'get'>,
  userId: string,
  channelId: string | undefined,
): Promise<readonly Finding[]> {
  if (channelId === undefined)
    return [ok(about, 'Not set: staff get the words to hand on to members themselves.')];
  const channel = await read(rest, channelId);
  if (channel === undefined) {
    const next = 'Correct the id, or let the bot see the channel; without the variable staff hand it on.';
    return [problem(about, `The bot sees no channel ${channelId}.`, next)];
  }
  const { guild_id: guildId } = channel;
  if (guildId === undefined)
    return [problem(about, 'It is no channel of a guild.', 'Name one in which members read.')];
  const [guild, member] = (await Promise.all([
    rest.get(Routes.guild(guildId)),
    rest.get(Routes.guildMember(guildId, userId)),
  ])) as [APIGuild, APIGuildMember];
  const rights = channelRights(
    guildRights(guild, member),
    channel.permission_overwrites ?? [],
    guildId,
    member,
  );
  const missing = lackingIn(rights).filter((name) => needed.includes(name));
  const where = `#${channel.name} of ${guild.name}`;
  if (missing.length === 0) return [ok(about, `${where}: members are told there.`)];
  const next = `Edit #${channel.name} -> Permissions -> the bot's role: allow ${missing.join(', ')}.`;
  return [problem(about, `${where}: the bot lacks ${missing.join(', ')}.`, next)];
}

async function read(rest: Pick<REST, 'get'>, channelId: string): Promise<APIGuildChannel | undefined> {
  try {
    return (await rest.get(Routes.channel(channelId))) as APIGuildChannel;
  } catch (error) {
    if (error instanceof DiscordAPIError && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}
