/** What `rollouts doctor` finds out about `deployments.yaml`, and whether its driver could do its work now. */
import { RolloutError } from '../../lib/core/RolloutError.js';
import type { Logger } from '../../lib/core/Logger.js';
import { openDriver } from '../../lib/deployments/drivers/openDriver.js';
import { readDeploymentsFile, saidOf } from '../../lib/deployments/file/readDeploymentsFile.js';
import { ok, problem, type Finding } from './Finding.js';

const about = 'DEPLOYMENTS_FILE';
/** What matters of the drivers' log is in what they throw. */
const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** Changes nothing: the driver is only asked for its plan. */
export async function checkDeployments(path: string, dataDir: string): Promise<readonly Finding[]> {
  const { file, path: found, problems } = await readDeploymentsFile(path, dataDir);
  if (problems.length > 0) {
    const next =
      'Mend it there; docs/deployments.md has every setting. Until then rollbacks touch no process.';
    return problems.map((each) => problem(about, saidOf(each), next));
  }
  if (file.driver === undefined) {
    const why = found === undefined ? `There is no ${path}` : `${path} names no driver`;
    return [ok(about, `${why}: rollbacks turn flags off and touch no process.`)];
  }
  const driver = openDriver(file.driver, silent);
  try {
    return [ok(about, `A rollback with the ${driver.name} driver would: ${(await driver.plan()).join(' ')}`)];
  } catch (error) {
    if (!(error instanceof RolloutError)) throw error;
    const next = error.next ?? 'Try again where the bot runs, as its user.';
    return [
      problem(about, `The ${driver.name} driver could not bring anything back: ${error.message}`, next),
    ];
  }
}
