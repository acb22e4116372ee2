/** What Discord says of the bot: its token, its guild, the commands, the shards, the clock. By REST alone, once each. */
import {
  DiscordAPIError,
  HTTPError,
  PermissionFlagsBits,
  REST,
  RESTEvents,
  Routes,
  type APIApplication,
  type APIGatewayBotInfo,
  type APIGuild,
  type APIGuildMember,
} from 'discord.js';
import type { BotSettings } from '../../config/environment.js';
import type { Terminal } from '../Terminal.js';
import { clockFinding } from './clock.js';
import { ok, problem, warning, type Finding } from './Finding.js';
import { neededInStaffChannels } from '../../lib/discord/botRights.js';
import { checkStaffGuild } from './staffGuild.js';
import { checkUsersChannel } from './usersChannel.js';

export async function checkDiscord(
  settings: BotSettings,
  terminal: Pick<Terminal, 'now'>,
): Promise<readonly Finding[]> {
  const rest = new REST({ api: settings.apiUrl, retries: 1, timeout: 5_000 }).setToken(settings.token);
  const skews: number[] = [];
  rest.on(RESTEvents.Response, (_, response) => {
    const date = Date.parse(response.headers.get('date') ?? '');
    // The header counts whole seconds: on average the moment lay half a second later.
    if (!Number.isNaN(date)) skews.push(terminal.now() - (date + 500));
  });
  const findings: Finding[] = [];
  try {
    const application = (await rest.get(Routes.currentApplication())) as APIApplication;
    findings.push(
      ok('DISCORD_TOKEN', `Discord knows it: application ${application.name} (${application.id}).`),
    );
    findings.push(...(await gateway(rest, settings)));
    findings.push(...(await staff(rest, application, settings)));
  } catch (error) {
    findings.push(unreachable(error, settings));
  }
  const [skew] = skews;
  return skew === undefined ? findings : [...findings, clockFinding('Discord', skew)];
}

function unreachable(error: unknown, { apiUrl }: BotSettings): Finding {
  if (statusOf(error) === 401) {
    return problem(
      'DISCORD_TOKEN',
      'Discord does not accept it.',
      'Discord Developer Portal -> your application -> Bot -> Reset Token; put the new one into DISCORD_TOKEN.',
    );
  }
  return problem(
    'Discord',
    `${apiUrl} does not answer as Discord does (${said(error)}).`,
    'Check the network, DISCORD_API_URL and https://discordstatus.com.',
  );
}

async function gateway(rest: REST, { shardCount }: BotSettings): Promise<readonly Finding[]> {
  const { shards, session_start_limit: starts } = (await rest.get(Routes.gatewayBot())) as APIGatewayBotInfo;
  const findings =
    starts.remaining > shards
      ? [ok('gateway', `${starts.remaining} of ${starts.total} starts are left for today.`)]
      : [
          warning(
            'gateway',
            `Only ${starts.remaining} of ${starts.total} starts are left for today.`,
            `Do not restart the bot again before ${Math.ceil(starts.reset_after / 60_000)} min have passed.`,
          ),
        ];
  if (shardCount === undefined || shardCount >= shards) return findings;
  const found = `SHARD_COUNT is ${shardCount}, and Discord recommends ${shards}.`;
  return [...findings, warning('SHARD_COUNT', found, 'Raise it before a shard reaches 2,500 guilds.')];
}

async function staff(
  rest: REST,
  application: APIApplication,
  settings: BotSettings,
): Promise<readonly Finding[]> {
  const { guildId } = settings.rollouts.staff;
  try {
    const guild = (await rest.get(Routes.guild(guildId))) as APIGuild;
    // A bot's user has the id of its application, but for very old ones.
    const userId = application.bot?.id ?? application.id;
    const member = (await rest.get(Routes.guildMember(guildId, userId))) as APIGuildMember;
    return [
      ok('STAFF_GUILD_ID', `The bot is in ${guild.name}.`),
      ...(await mayRegister(rest, application, guildId)),
      ...(await checkStaffGuild(rest, guild, member, settings.rollouts.staff)),
      ...(await checkUsersChannel(rest, userId, settings.rollouts.usersChannelId)),
    ];
  } catch (error) {
    if (statusOf(error) !== 403 && statusOf(error) !== 404) throw error;
    return [
      problem(
        'STAFF_GUILD_ID',
        'The bot is not in that guild, or there is none.',
        `Invite it: ${invite(application)}`,
      ),
    ];
  }
}

async function mayRegister(
  rest: REST,
  { id, ...application }: APIApplication,
  guildId: string,
): Promise<readonly Finding[]> {
  try {
    await rest.get(Routes.applicationGuildCommands(id, guildId));
    return [];
  } catch (error) {
    if (statusOf(error) !== 403) throw error;
    const next = `Invite it again, with the scope applications.commands: ${invite({ id, ...application })}`;
    return [problem('commands', 'The bot may not register commands in the staff guild.', next)];
  }
}

/** What the staff channels need, and pinging the on-call role. */
const invitedRights = neededInStaffChannels.reduce(
  (sum, [, bit]) => sum | bit,
  PermissionFlagsBits.MentionEveryone,
);

function invite({ id }: Pick<APIApplication, 'id'>): string {
  return `https://discord.com/oauth2/authorize?client_id=${id}&scope=bot+applications.commands&permissions=${invitedRights}`;
}

function statusOf(error: unknown): number | undefined {
  return error instanceof DiscordAPIError || error instanceof HTTPError ? error.status : undefined;
}

/** Without the address that was asked: it is said beside it. */
function said(error: unknown): string {
  if (error instanceof Error) return error.cause instanceof Error ? error.cause.message : error.message;
  return String(error);
}
