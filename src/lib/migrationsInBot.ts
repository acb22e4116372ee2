/**
 * Migrations as `/deploy validate migration:…` tries them: by our own command line, as a process of its own, since an embedded
 * PostgreSQL would hold up everything else in this one. One at a time.
 */
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ChecksReport } from './deployments/checks/CheckResult.js';
import { ProgramFailed } from './deployments/drivers/errors.js';
import { run } from './deployments/drivers/run.js';
import { MigrationNotTried } from './deployments/migrations/errors.js';
import { MigrationFolder, type MigrationFiles } from './deployments/migrations/MigrationFolder.js';
import type { MigrationSettings } from './deployments/migrations/MigrationSettings.js';
import type { CheckTick, MigrationRun, MigrationsInBot } from './deployments/migrations/MigrationsInBot.js';
import { NotNow } from './flags/errors.js';

/** From `dist/esm/lib` and from `dist/cjs/lib` alike: there is one command line. */
const ownCommandLine = fileURLToPath(new URL('../../esm/cli.js', import.meta.url));
/** How the connection is made, beside the address. Their values are blotted out of what is shown. */
const connectionVariables = ['PGPASSWORD', 'PGPASSFILE', 'PGSSLMODE', 'PGSSLROOTCERT'] as const;
/** Five checks with at most 50 findings each. */
const keptBytes = 1024 * 1024;

const verdict = z.enum(['passed', 'failed', 'unknown', 'not-run']);
const check = z.object({
  name: z.string(),
  verdict,
  sentence: z.string(),
  evidence: z.array(z.string()),
  tookMs: z.number(),
});
const report: z.ZodType<ChecksReport> = z.object({
  format: z.literal('rollouts-checks'),
  version: z.literal(1),
  about: z.string(),
  verdict: z.enum(['passed', 'failed']),
  checks: z.array(check),
});
const refusal = z.object({ ok: z.literal(false), message: z.string(), next: z.string().optional() });
const progress = z.object({
  progress: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('started'), name: z.string() }),
    z.object({ kind: z.literal('ended'), result: check }),
  ]),
});

/** @param commandLine the program behind `npx rollouts`; a test has its own */
export function openMigrationsInBot(
  settings: MigrationSettings,
  commandLine = ownCommandLine,
): MigrationsInBot {
  const folder = new MigrationFolder(settings.folder);
  let isRunning = false;
  return {
    list: () => folder.list(),
    validate: async (asked) => {
      // Claimed before anything is waited for: of two that are asked at once, the first is the one that runs.
      if (isRunning) {
        throw new NotNow('A migration is being tried in this bot already.', {
          next: 'Wait until it has ended.',
        });
      }
      isRunning = true;
      try {
        const files = await folder.find(asked.name);
        return await tried(asked, argumentsFor(files, settings, folder), settings, commandLine);
      } finally {
        isRunning = false;
      }
    },
  };
}

function argumentsFor(
  { up, down, earlier }: MigrationFiles,
  { schema, databaseUrlEnv }: MigrationSettings,
  folder: MigrationFolder,
): readonly string[] {
  const bases = schema?.map((name) => folder.at(name)) ?? earlier;
  const isEmbedded = addressIn(databaseUrlEnv) === '';
  return [
    ...['migrate', 'validate', up, '--json', '--progress'],
    ...(down === undefined ? [] : ['--down', down]),
    ...(isEmbedded ? ['--embedded'] : []),
    ...(isEmbedded && bases.length > 0 ? ['--schema', ...bases] : []),
  ];
}

const addressIn = (variable: string): string => process.env[variable]?.trim() ?? '';

async function tried(
  { signal, onTicks }: MigrationRun,
  args: readonly string[],
  { databaseUrlEnv }: MigrationSettings,
  commandLine: string,
): Promise<ChecksReport> {
  let ticks: readonly CheckTick[] = [];
  const onLine = (line: string): void => {
    const news = progress.safeParse(jsonIn(line));
    if (!news.success) return;
    ticks = withNews(ticks, news.data.progress);
    onTicks(ticks);
  };
  try {
    const { stdout } = await run([process.execPath, commandLine, ...args], {
      ...{ signal, onLine, keptBytes },
      env: [databaseUrlEnv, ...connectionVariables],
      // The address goes by the environment: arguments can be read by every user of the machine.
      set: { DATABASE_URL: addressIn(databaseUrlEnv) },
    });
    return found(stdout, 'It ended without an answer.');
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    const { stdout } = error.context;
    return found(typeof stdout === 'string' ? stdout : '', howItEnded(error, signal), error);
  }
}

/** @throws {MigrationNotTried} */
function found(stdout: string, how: string, cause?: ProgramFailed): ChecksReport {
  const json = jsonIn(stdout);
  const read = report.safeParse(json);
  if (read.success) return read.data;
  const said = refusal.safeParse(json);
  const { message, next } = said.success
    ? said.data
    : {
        message: `The migration was not tried to its end. ${how}`,
        next: 'Your database was not changed. Try it where there is more time and memory, with npx rollouts migrate validate.',
      };
  throw new MigrationNotTried(message, { ...(next !== undefined && { next }), cause });
}

function howItEnded({ exitCode, signal: endedBy, message }: ProgramFailed, signal: AbortSignal): string {
  if (signal.aborted) return 'It took too long and was ended; its copy was removed.';
  if (endedBy === 'SIGKILL') return 'It was killed; often the machine had no memory left.';
  return exitCode === null ? message : `It ended with exit code ${exitCode}.`;
}

function withNews(
  ticks: readonly CheckTick[],
  news: z.output<typeof progress>['progress'],
): readonly CheckTick[] {
  if (news.kind === 'started') return [...ticks, { check: news.name, state: 'running', sentence: '' }];
  const { name, verdict: state, sentence } = news.result;
  return [...ticks.filter((tick) => tick.check !== name), { check: name, state, sentence }];
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
