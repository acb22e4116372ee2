import { validateDeployment } from '../../lib/discord/deployments/validateDeployment.js';
import type { SubcommandDefinition } from '../definition.js';
import { readText, yesNo } from '../options.js';
import { environment, readEnvironment, version } from './options.js';

export const validate: SubcommandDefinition = {
  name: 'validate',
  description: 'What the gate found for a version; run:True runs it in the bot',
  needs: 'narrow',
  options: [
    version(false),
    environment,
    yesNo('run', 'Run it now, where GATE_IN_BOT=true; without it the newest result is shown'),
  ],
  async run(turn) {
    const { options } = turn.interaction;
    await validateDeployment(turn, {
      version: readText(options, 'version'),
      environment: readEnvironment(options),
      isToRun: options.getBoolean('run') ?? false,
    });
  },
};
