import { showDeployment } from '../../lib/discord/deployments/showDeployment.js';
import { ReasonNeeded } from '../../lib/rollouts/errors.js';
import type { SubcommandDefinition } from '../definition.js';
import { readText, reason, text, yesNo } from '../options.js';
import { environment, readEnvironment, version } from './options.js';

export const start: SubcommandDefinition = {
  name: 'start',
  description: 'Announce that a version is being deployed now',
  needs: 'admin',
  options: [
    version(true),
    text('summary', 'What is new, in a sentence or two', { maxLength: 1_000 }),
    environment,
    text('link', 'The release, the pull request, or the run that deploys it', { maxLength: 500 }),
    yesNo('break-glass', 'In an emergency and with a reason: although its gate failed'),
    reason,
  ],
  async run(turn) {
    const { options } = turn.interaction;
    const why = readText(options, 'reason');
    const isBreakGlass = options.getBoolean('break-glass') ?? false;
    if (isBreakGlass && why === undefined) throw new ReasonNeeded('Starting although the gate failed');
    const summary = readText(options, 'summary');
    const link = readText(options, 'link');
    const started = await turn.house.deployments.start({
      version: options.getString('version', true).trim(),
      environment: readEnvironment(options),
      source: 'person',
      by: turn.actor,
      ...(summary !== undefined && { summary }),
      ...(link !== undefined && { link }),
      ...(isBreakGlass && why !== undefined && { breakGlass: { reason: why } }),
    });
    await showDeployment(turn, started);
  },
};
