/** Finds a stage's reports, and reads those that the stage itself wrote. */
import { readFile, stat } from 'node:fs/promises';
import type { GateStage } from '../file/GateFile.js';
import { candidatesOf, fromStdout, type Candidate } from './candidates.js';
import { readReport } from './readReport.js';
import { BadReport, type Report, type ReportKind } from './Report.js';

export interface FoundReport {
  /** As people know it. */
  readonly name: string;
  readonly report: Report;
}

export interface LostReport {
  readonly name: string;
  /** What it was looked for; undefined where the file names it: then anything may be missing. */
  readonly kind: ReportKind | undefined;
  /** To be read after the name. */
  readonly why: string;
  /** Nothing is known without it. An old file that merely lies about does not count either way. */
  readonly isNeeded: boolean;
}

export interface StageReports {
  readonly found: readonly FoundReport[];
  readonly lost: readonly LostReport[];
}

const largestMiB = 64;
/** Some file systems keep times to two seconds. */
const coarseMs = 2_000;
const tooOld = 'is older than this run of the stage and does not count';

export class ReportFiles {
  private readonly before = new Map<string, string>();
  private startedAt = 0;

  public constructor(private readonly stage: Pick<GateStage, 'cwd' | 'reports'>) {}

  /** To be called before the command runs. @param now real time, ms since epoch */
  public async look(now: number): Promise<void> {
    this.startedAt = now;
    for (const { path } of await candidatesOf(this.stage)) {
      // What cannot be looked at now is said when it is to be read.
      const look = await lookAt(path).catch(() => undefined);
      if (look !== undefined) this.before.set(path, look.as);
    }
  }

  /** @param stdout what the command printed; undefined where it is more than is kept */
  public async read(stdout: string | undefined): Promise<StageReports> {
    const found: FoundReport[] = [];
    const lost: LostReport[] = [];
    for (const source of await this.sources(stdout)) {
      const { name, kind, folder } = source;
      // In the usual places one of each kind is enough.
      if (kind !== undefined && found.some(({ report }) => report.kind === kind)) continue;
      try {
        const report = await source.read();
        if (report === 'absent') {
          if (kind === undefined) lost.push({ name, kind, why: 'is not there', isNeeded: true });
        } else if (report === 'stale') {
          lost.push({ name, kind, why: tooOld, isNeeded: kind === undefined && folder === undefined });
        } else if (kind === undefined || !found.some((other) => other.report.kind === report.kind)) {
          found.push({ name, report });
        }
      } catch (error) {
        if (!(error instanceof BadReport)) throw error;
        lost.push({ name, kind, why: error.message, isNeeded: true });
      }
    }
    for (const folder of await this.emptyFolders(found))
      lost.push({ name: folder, kind: undefined, why: 'holds no report of this run', isNeeded: true });
    return { found, lost: lost.filter(({ kind }) => !found.some(({ report }) => report.kind === kind)) };
  }

  private async sources(stdout: string | undefined): Promise<readonly Source[]> {
    const printed: Source = {
      ...{ name: fromStdout, path: '', kind: undefined, folder: undefined },
      read: async () => {
        if (stdout === undefined) throw new BadReport('is longer than what is kept of it');
        return readReport(stdout);
      },
    };
    const files = (await candidatesOf(this.stage)).map((candidate) => ({
      ...candidate,
      read: () => this.readFile(candidate.path),
    }));
    return this.stage.reports?.includes(fromStdout) === true ? [printed, ...files] : files;
  }

  /**
   * A report is the stage's own where it looks otherwise than before, and was not brought from an earlier time.
   *
   * @throws BadReport
   */
  private async readFile(path: string): Promise<Report | 'absent' | 'stale'> {
    const look = await lookAt(path);
    if (look === undefined) return 'absent';
    if (look.as === this.before.get(path) || look.writtenAt < this.startedAt - coarseMs) return 'stale';
    // A pipe would be waited at for ever.
    if (!look.isFile) throw new BadReport('is no file');
    if (look.bytes > largestMiB * 1024 * 1024) throw new BadReport(`is larger than ${largestMiB} MiB`);
    return readReport(await readFile(path, 'utf8').catch(unreadable));
  }

  private async emptyFolders(found: readonly FoundReport[]): Promise<readonly string[]> {
    const names = new Set(found.map(({ name }) => name));
    const inFolders = await candidatesOf(this.stage);
    const folders = new Set(inFolders.flatMap(({ folder }) => folder ?? []));
    const filled = inFolders.filter(({ name }) => names.has(name)).map(({ folder }) => folder);
    return [...folders].filter((folder) => !filled.includes(folder));
  }
}

interface Source extends Candidate {
  read(): Promise<Report | 'absent' | 'stale'>;
}

interface Look {
  /** Changes with every write. */
  readonly as: string;
  /** ms since epoch */
  readonly writtenAt: number;
  readonly isFile: boolean;
  readonly bytes: number;
}

/** Undefined where nothing is there. @throws BadReport */
async function lookAt(path: string): Promise<Look | undefined> {
  try {
    const found = await stat(path, { bigint: true });
    return {
      as: [found.mtimeNs, found.ctimeNs, found.size, found.ino].join(' '),
      writtenAt: Number(found.mtimeMs),
      isFile: found.isFile(),
      bytes: Number(found.size),
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return unreadable(error as NodeJS.ErrnoException);
  }
}

function unreadable(error: NodeJS.ErrnoException): never {
  throw new BadReport(`cannot be read (${error.code ?? error.message})`);
}
