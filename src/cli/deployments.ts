/** What `deployments.yaml` says, for commands that need its folders and programs. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defaults } from '../config/defaults.js';
import type { StateConfig } from '../config/Config.js';
import type { DeploymentsFile } from '../lib/deployments/file/DeploymentsFile.js';
import { readDeploymentsFile, saidOf } from '../lib/deployments/file/readDeploymentsFile.js';
import type { Terminal } from './Terminal.js';

/** A file that is wrong is said; the defaults hold then, as for the bot. */
export async function deploymentsOf(
  terminal: Pick<Terminal, 'environment' | 'err'>,
  { dataDir }: Pick<StateConfig, 'dataDir'>,
): Promise<DeploymentsFile> {
  const named = terminal.environment['DEPLOYMENTS_FILE']?.trim() ?? '';
  const { file, problems } = await readDeploymentsFile(
    named === '' ? defaults.deploymentsFile : named,
    dataDir,
  );
  for (const problem of problems) terminal.err(saidOf(problem));
  return file;
}

/** A path, or the name of one of the bot's own snapshots as `/rollback snapshots` shows it. */
export function snapshotPath(file: string, { recovery }: DeploymentsFile): string {
  const inFolder = join(recovery.snapshots.folder, basename(file));
  return !existsSync(file) && basename(file) === file && existsSync(inFolder) ? inFolder : file;
}
