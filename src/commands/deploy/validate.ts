import { validateDeployment } from '../../lib/discord/deployments/validateDeployment.js';
import { validateMigration } from '../../lib/discord/deployments/validateMigration.js';
import type { SubcommandDefinition } from '../definition.js';
import { readText, yesNo } from '../options.js';
import { environment, migration, readEnvironment, version } from './options.js';

export const validate: SubcommandDefinition = {
  name: 'validate',
  description: 'What the gate found for a version, or whether a migration can be applied',
  needs: 'narrow',
  onlyShows: true,
  options: [
    version(false),
    environment,
    yesNo('run', 'Run it now, where GATE_IN_BOT=true; without it the newest result is shown'),
    migration,
  ],
  async run(turn) {
    const { options } = turn.interaction;
    const name = readText(options, 'migration');
    if (name !== undefined) return validateMigration(turn, name);
    await validateDeployment(turn, {
      version: readText(options, 'version'),
      environment: readEnvironment(options),
      isToRun: options.getBoolean('run') ?? false,
    });
  },
};
