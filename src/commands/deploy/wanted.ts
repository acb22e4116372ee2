/** The deployment that was asked for; else one that is under way, else the newest. */
import type { ChatInputCommandInteraction } from 'discord.js';
import type { DeploymentDocument } from '../../lib/deployments/documents.js';
import type { Turn } from '../../lib/discord/Turn.js';
import { readText } from '../options.js';

/** @throws UnknownDeployment */
export function wanted(turn: Turn<ChatInputCommandInteraction>): DeploymentDocument | undefined {
  const { deployments } = turn.house;
  const named = readText(turn.interaction.options, 'deployment');
  if (named !== undefined) return deployments.get(named);
  const [newest] = [...deployments.list({ isOpen: true }), ...deployments.list()];
  return newest;
}
