/** PM2 through its command line. PM2 is AGPL: it is a program on the machine and is never imported. */
import { z } from 'zod';
import type { Logger } from '../../../core/Logger.js';
import { DriverFailed } from '../errors.js';
import { run } from '../run.js';

/** One process as `pm2 jlist` lists it. */
export interface Pm2Process {
  readonly id: number;
  readonly name: string;
  /** `online`, `launching`, `stopping`, `stopped`, `errored`, `waiting restart`, … */
  readonly status: string;
  /** Since when it is online, ms since epoch; null where it never was. */
  readonly since: number | null;
  readonly restarts: number;
}

export interface Pm2Options {
  readonly bin: string;
  /** PM2_HOME; undefined = the environment's. */
  readonly home: string | undefined;
  readonly logger: Logger;
}

const listed = z.array(
  z.object({
    name: z.string(),
    pm_id: z.number(),
    pm2_env: z.object({
      status: z.string(),
      pm_uptime: z.number().optional(),
      restart_time: z.number().optional(),
    }),
  }),
);

/** Every process is listed with its whole environment: 20 KB each are usual. */
const largestList = 64 * 1024 * 1024;
/** PM2 waits for each process; with several commands at once one that ends slowly holds up nobody else. */
const lanes = 4;

export class Pm2 {
  public constructor(private readonly options: Pm2Options) {}

  /** Folder of the daemon, as people know it. */
  public get home(): string {
    return this.options.home ?? process.env['PM2_HOME'] ?? '~/.pm2';
  }

  /** @throws ProgramFailed, DriverFailed where it answers what is no list */
  public async list(signal: AbortSignal): Promise<readonly Pm2Process[]> {
    const { stdout } = await this.command(['jlist'], signal, largestList);
    const read = listed.safeParse(listIn(stdout));
    if (!read.success) {
      throw new DriverFailed('PM2 did not answer with a list of its processes.', {
        next: `Try "pm2 jlist" as the bot's user; PM2 5 or newer is expected.`,
        context: { issues: read.error.issues.slice(0, 3) },
      });
    }
    return read.data.map(({ name, pm_id, pm2_env }) => ({
      id: pm_id,
      name,
      status: pm2_env.status,
      since: pm2_env.pm_uptime ?? null,
      restarts: pm2_env.restart_time ?? 0,
    }));
  }

  /** Starts stopped processes; one that runs is restarted. */
  public restart(ids: readonly number[], signal: AbortSignal): Promise<void> {
    return this.inLanes('restart', ids, signal);
  }

  public stop(ids: readonly number[], signal: AbortSignal): Promise<void> {
    return this.inLanes('stop', ids, signal);
  }

  /** Adds copies of the app's first process until there are so many. */
  public async scale(name: string, instances: number, signal: AbortSignal): Promise<void> {
    await this.command(['scale', name, String(instances)], signal);
  }

  private async inLanes(command: string, ids: readonly number[], signal: AbortSignal): Promise<void> {
    const lane = (index: number): readonly number[] => ids.filter((_, at) => at % lanes === index);
    const commands = Array.from({ length: Math.min(lanes, ids.length) }, (_, index) =>
      this.command([command, ...lane(index).map(String)], signal),
    );
    const failed = (await Promise.allSettled(commands)).find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  private command(args: readonly string[], signal: AbortSignal, keptBytes?: number) {
    const { bin, home, logger } = this.options;
    // What jlist lists holds the environments of all processes, and with them every secret there is.
    const heard = args[0] === 'jlist' ? undefined : (line: string) => logger.debug(`pm2 ${args[0]}: ${line}`);
    return run([bin, ...args], {
      signal,
      env: ['PM2_HOME'],
      set: { ...(home !== undefined && { PM2_HOME: home }), NO_COLOR: '1' },
      onLine: heard,
      keptBytes,
    });
  }
}

/** The list stands alone on its line, but PM2 may say something before it, such as that it starts its daemon. */
function listIn(output: string): unknown {
  const line = output.split('\n').findLast((text) => text.startsWith('[') && text.trimEnd().endsWith(']'));
  if (line === undefined) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    // No list is what the caller says of it.
    return undefined;
  }
}
