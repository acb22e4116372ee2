/** Which files may be a stage's reports. */
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { GateStage } from '../file/GateFile.js';
import type { ReportKind } from './Report.js';
import { usualPlaces } from './usualPlaces.js';

export interface Candidate {
  /** As people know it. */
  readonly name: string;
  readonly path: string;
  /** In a usual place: what is looked for there. */
  readonly kind: ReportKind | undefined;
  /** The folder that the file names, where it names one: then one fresh report of it is enough. */
  readonly folder: string | undefined;
}

/** The command's output among {@link GateStage.reports}. */
export const fromStdout = 'stdout';

const mostFiles = 500;
const reportName = /\.(xml|json|info|sarif|lcov)$/i;

export async function candidatesOf({
  cwd,
  reports,
}: Pick<GateStage, 'cwd' | 'reports'>): Promise<readonly Candidate[]> {
  if (reports === undefined)
    return (Object.keys(usualPlaces) as ReportKind[]).flatMap((kind) =>
      usualPlaces[kind].map((name) => ({ name, path: join(cwd, name), kind, folder: undefined })),
    );
  const names = reports.filter((name) => name !== fromStdout);
  const files = await Promise.all(names.map((name) => filesOf(cwd, name)));
  return files.flat();
}

async function filesOf(cwd: string, name: string): Promise<readonly Candidate[]> {
  const path = resolve(cwd, name);
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return [{ name, path, kind: undefined, folder: undefined }];
  const inside = (await readdir(path)).filter((file) => reportName.test(file)).sort();
  // Something that is missing is said to be missing.
  if (inside.length === 0)
    return [
      { name: `any report in ${name}`, path: join(path, 'any.xml'), kind: undefined, folder: undefined },
    ];
  return inside
    .slice(0, mostFiles)
    .map((file) => ({ name: join(name, file), path: join(path, file), kind: undefined, folder: name }));
}
