/** The bot's own rights in every channel that it tells staff something in, and the ping of on-call. */
import {
  Routes,
  type APIGuild,
  type APIGuildChannel,
  type APIGuildMember,
  type APIRole,
  type Client,
} from 'discord.js';
import type { StaffConfig } from '../../../config/Config.js';
import type { Messenger } from '../../alerts/Messenger.js';
import type { SmokeFinding } from '../../smoke/SmokeTest.js';
import { channelRights, guildRights, lackingIn, mayPing } from '../botRights.js';
import { undeliverable } from '../RestMessengerFaults.js';

export const staffChannels = ['operations', 'dev-team', 'management'] as const;

export interface ProbeRightsOptions {
  readonly client: Client<true>;
  readonly staff: StaffConfig;
  readonly messenger: Pick<Messenger, 'resolve'>;
  readonly signal: AbortSignal;
}

/** Throws what Discord answers where it cannot be asked at all. */
export async function probeRights(options: ProbeRightsOptions): Promise<readonly SmokeFinding[]> {
  const { client, staff, messenger, signal } = options;
  const { guildId, onCallRoleId } = staff;
  const userId = client.user.id;
  const [guild, member] = (await Promise.all([
    client.rest.get(Routes.guild(guildId), { signal }),
    client.rest.get(Routes.guildMember(guildId, userId), { signal }),
  ])) as [APIGuild, APIGuildMember];
  const inGuild = guildRights(guild, member);
  const findings: SmokeFinding[] = [];
  for (const name of staffChannels) {
    const what = `the bot may write in #${name}`;
    let rights: bigint;
    try {
      const route = Routes.channel(await messenger.resolve(name));
      const channel = (await client.rest.get(route, { signal })) as APIGuildChannel;
      rights = channelRights(inGuild, channel.permission_overwrites ?? [], guildId, member);
    } catch (error) {
      findings.push({ what, ok: false, detail: undeliverable(error).message });
      continue;
    }
    const lacking = lackingIn(rights);
    const detail = `It lacks ${lacking.join(', ')}. Give it these there.`;
    findings.push({ what, ok: lacking.length === 0, detail: lacking.length === 0 ? '' : detail });
    if (name === 'operations' && onCallRoleId !== undefined)
      findings.push(
        pingOf(
          guild.roles.find(({ id }) => id === onCallRoleId),
          rights,
        ),
      );
  }
  return findings;
}

function pingOf(role: APIRole | undefined, rights: bigint): SmokeFinding {
  const what = 'on-call can be pinged in #operations';
  if (role === undefined)
    return { what, ok: false, detail: 'The staff guild has no such role. Correct ONCALL_ROLE_ID.' };
  const ok = mayPing(role, rights);
  const detail = `@${role.name} is not mentionable. Make it so, or give the bot Mention Everyone there.`;
  return { what, ok, detail: ok ? '' : detail };
}
