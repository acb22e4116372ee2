import { showDeployment } from '../../lib/discord/deployments/showDeployment.js';
import type { SubcommandDefinition } from '../definition.js';
import { readReason, readText, reason } from '../options.js';
import { environment, readEnvironment, version } from './options.js';

export const fail: SubcommandDefinition = {
  name: 'fail',
  description: 'The deployment failed, or is called off; nothing is rolled back by this',
  needs: 'narrow',
  options: [environment, version(false), reason],
  async run(turn) {
    const { options } = turn.interaction;
    const named = readText(options, 'version');
    const ended = await turn.house.deployments.fail(readEnvironment(options), {
      by: turn.actor,
      ...(named !== undefined && { version: named }),
      ...readReason(options),
    });
    await showDeployment(turn, ended);
  },
};
