/** From the options of `now` and `gradual` to the rollback: where the reason was left out, a form asks for it. */
import type { ChatInputCommandInteraction } from 'discord.js';
import type { Intent } from '../../lib/discord/rollbacks/reasonForm.js';
import { askReason, begin } from '../../lib/discord/rollbacks/rollbackFlow.js';
import type { Turn } from '../../lib/discord/Turn.js';
import { readAsked } from './options.js';

export async function want(
  turn: Turn<ChatInputCommandInteraction>,
  kind: Intent['kind'],
  flag: string | null,
  dryRun: boolean,
): Promise<void> {
  const { reason, trigger, withDatabase } = readAsked(turn.interaction.options);
  if (reason === undefined) return askReason(turn, { kind, flag, trigger, withDatabase, dryRun });
  const wanted = { kind, flag, trigger: trigger ?? 'other', reason, withDatabase, by: turn.actor } as const;
  return begin(turn, wanted, dryRun);
}
