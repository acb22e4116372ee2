/** Reads `deployments.yaml`. A wrong one stops nothing: the bot runs with the defaults, and says loudly what is wrong. */
import { readFile, stat } from 'node:fs/promises';
import { readYaml, type FileProblem } from '../../yaml/readYaml.js';
import type { DeploymentsFile } from './DeploymentsFile.js';
import { layOut } from './layOut.js';
import { deploymentsFile } from './schema.js';
import { unsound } from './unsound.js';

export interface ReadDeployments {
  /** What holds: the file's settings, or the defaults where there is no file or a wrong one. */
  readonly file: DeploymentsFile;
  /** Path, as it was given; undefined where there is no such file. */
  readonly path: string | undefined;
  /** Empty where all is well. Where it is not, {@link file} has no driver and no database recovery. */
  readonly problems: readonly FileProblem[];
}

/** More than anybody writes by hand. */
const largestFile = 256 * 1024;

/**
 * Never rejects for what is wrong with the file: that is in `problems`.
 *
 * @param dataDir folder of the state: snapshots lie there unless the file says otherwise
 */
export async function readDeploymentsFile(path: string, dataDir: string): Promise<ReadDeployments> {
  const otherwise = layOut({}, dataDir);
  const wrong = (message: string): ReadDeployments => ({
    file: otherwise,
    path,
    problems: [{ file: path, line: 1, column: 1, message }],
  });
  try {
    if ((await stat(path)).size > largestFile) return wrong('the file is larger than 256 KiB');
    const read = parseDeployments(await readFile(path, 'utf8'), path, dataDir);
    return read.ok
      ? { file: read.file, path, problems: [] }
      : { file: otherwise, path, problems: read.problems };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? { file: otherwise, path: undefined, problems: [] }
      : wrong(`the file cannot be read: ${message}`);
  }
}

/** One sentence a problem, for the log and the dry run. */
export function saidOf({ file, line, column, message }: FileProblem): string {
  return `${file} cannot be followed: line ${line}, column ${column}: ${message}.`;
}

export function parseDeployments(
  text: string,
  file: string,
  dataDir: string,
):
  | { readonly ok: true; readonly file: DeploymentsFile }
  | { readonly ok: false; readonly problems: readonly FileProblem[] } {
  // An empty file, or one of comments only, says as much as none.
  const read = readYaml(text, file, deploymentsFile.nullable());
  if (!read.ok) return read;
  const problems = unsound(read.value ?? {}).map(({ path, message }) => read.problemAt(path, message));
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, file: layOut(read.value ?? {}, dataDir) };
}
