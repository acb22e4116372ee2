import { showDeployment } from '../../lib/discord/deployments/showDeployment.js';
import type { SubcommandDefinition } from '../definition.js';
import { readText } from '../options.js';
import { environment, readEnvironment, version } from './options.js';

export const finish: SubcommandDefinition = {
  name: 'finish',
  description: 'The version is deployed: smoke tests run, then it is watched for an hour',
  needs: 'admin',
  options: [environment, version(false)],
  async run(turn) {
    const { options } = turn.interaction;
    const named = readText(options, 'version');
    const finished = await turn.house.deployments.finish(readEnvironment(options), {
      by: turn.actor,
      ...(named !== undefined && { version: named }),
    });
    await showDeployment(turn, finished);
  },
};
