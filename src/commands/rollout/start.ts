import { parseFutureTime } from '../../lib/discord/futureTime.js';
import { resolveGuilds } from '../../lib/discord/guildNames.js';
import { startRollout } from '../../lib/discord/rollouts/startFlow.js';
import type { SubcommandDefinition } from '../definition.js';
import { flag, guilds, readName, readReason, readText, reason, text } from '../options.js';
import { plan, readPlan } from './options.js';

export const start: SubcommandDefinition = {
  name: 'start',
  description: 'Take a flag to everyone, phase by phase',
  needs: 'admin',
  options: [
    flag('The flag to roll out'),
    plan(false),
    guilds(false),
    text('at', 'When to begin: 4h, or 2027-01-31 09:00 in UTC; without it now'),
    reason,
  ],
  async run(turn) {
    const { options } = turn.interaction;
    const { flags, domainTime } = turn.house;
    const planName = readPlan(options);
    const guildNames = readText(options, 'guilds');
    const at = readText(options, 'at');
    await startRollout(turn, {
      flag: flags.flag(readName(options)).key,
      by: turn.actor,
      ...(planName !== undefined && { plan: planName }),
      ...(guildNames !== undefined && { guilds: resolveGuilds(flags, guildNames) }),
      ...(at !== undefined && { startAt: parseFutureTime(at, domainTime.now()) }),
      ...readReason(options),
    });
  },
};
