/** Somebody with no role, and the owner of another guild, type our commands: both must be refused. */
import type { Client } from 'discord.js';
import type { StaffConfig } from '../../../config/Config.js';
import type { SmokeFinding } from '../../smoke/SmokeTest.js';
import { probeCommand, type ProbeResult } from '../probing/probeCommand.js';
import type { Standpoint, TypedCommand } from '../probing/syntheticCommand.js';

export interface ProbeStrangerOptions {
  readonly client: Client<true>;
  readonly staff: StaffConfig;
  /** Only such as change nothing, whoever types them. */
  readonly commands: readonly TypedCommand[];
  /** Real time, ms since epoch. */
  readonly now: number;
  readonly signal: AbortSignal;
}

export async function probeStranger(options: ProbeStrangerOptions): Promise<readonly SmokeFinding[]> {
  const { client, staff, commands, now, signal } = options;
  const channelId = staff.channels.operations;
  const elsewhere = client.guilds.cache.find(({ id }) => id !== staff.guildId);
  const strangers: readonly (Standpoint & { readonly called: string })[] = [
    { called: 'somebody with no role', guildId: staff.guildId, channelId, roleIds: [], permissions: 0n },
    ...(elsewhere === undefined
      ? []
      : [{ called: "another guild's owner", guildId: elsewhere.id, channelId, roleIds: [] }]),
  ];
  const findings: SmokeFinding[] = [];
  for (const { called, ...standpoint } of strangers)
    for (const typed of commands) {
      const probe = await probeCommand(typed, { client, standpoint, now, signal });
      const what = `${called} is refused ${probe.what}`;
      // A mistake in what was typed is refused to everybody: whoever hears of it was let in.
      const ok = probe.refusal?.isForWho === true;
      findings.push({ what, ok, detail: ok ? '' : `${whatHappened(probe)} ${letIn}` });
    }
  return findings;
}

const letIn =
  'Whoever can type it may have it. Look at ROLLOUT_ADMIN_ROLE_IDS and ROLLOUT_STAFF_ROLE_IDS, and at what the bot changes about preconditions.';

function whatHappened({ ok, refusal, detail }: ProbeResult): string {
  if (ok) return 'It was answered.';
  return refusal === undefined ? detail : `It was let in; only then it was told: ${refusal.message}`;
}
