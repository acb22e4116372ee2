/** Brings the previous version back on one machine: PM2 starts `stable`, and once it is ready stops `new`. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../../core/Clock.js';
import type { Driver, DriverFact, DriverRun } from '../../Driver.js';
import type { Pm2App, Pm2Settings } from '../../file/DeploymentsFile.js';
import { DriverFailed, whyLetGo } from '../errors.js';
import type { Pm2, Pm2Process } from './Pm2.js';
import { processes, readinessOf, type Readiness, type ReadinessProbe } from './readiness.js';

export interface Pm2DriverOptions {
  readonly settings: Pm2Settings;
  readonly pm2: Pm2;
  readonly probe: ReadinessProbe;
  /** Real time. */
  readonly clock: Clock;
  /** This process's own number in PM2, where it runs under it: it is stopped last. */
  readonly ownId: number | undefined;
  /** Real time between two looks, ms. @default 500 */
  readonly everyMs?: number;
}

/** Enough to look once, also where PM2 starts its daemon first. */
const lookMs = 15_000;
const down: readonly string[] = ['stopped', 'errored'];

export class Pm2Driver implements Driver {
  public readonly name = 'pm2';

  public constructor(private readonly options: Pm2DriverOptions) {}

  public get stableRelease(): string | undefined {
    return this.options.settings.stable.release;
  }

  public async plan(): Promise<readonly string[]> {
    const { stable, new: fresh } = this.options.settings;
    const all = await this.options.pm2.list(AbortSignal.timeout(lookMs));
    this.assertKnown(stable, all);
    const ready =
      stable.ready.length > 0 ? 'and wait until each answers /readyz with 200' : 'and wait until online';
    return [
      ...stable.names.map(
        (name) =>
          `Start ${name} with ${processes(stable.instances)} ${ready} (now ${onlineOf(name, all)} online).`,
      ),
      ...fresh.names.map((name) => `Then stop ${name} (now ${onlineOf(name, all)} online).`),
    ];
  }

  public async bringUp(run: DriverRun): Promise<string> {
    await this.start(this.options.settings.stable, run);
    return `${areOf(this.options.settings.stable.names)} up and ready.`;
  }

  /** PM2 steers no traffic. */
  public async switchTraffic(): Promise<string> {
    return 'PM2 steers no HTTP traffic: nothing to switch.';
  }

  public async takeDown(run: DriverRun): Promise<string> {
    const { stable, new: fresh } = this.options.settings;
    await this.stop(fresh, stable, run);
    return `${areOf(fresh.names)} stopped.`;
  }

  public async verify({ signal }: DriverRun): Promise<readonly DriverFact[]> {
    const { stable, new: fresh } = this.options.settings;
    const all = await this.options.pm2.list(signal);
    const { missing } = await this.readiness(stable, all, signal);
    const running = stillRunning(fresh, all);
    return [
      {
        what: `${areOf(stable.names)} up and ready`,
        ok: missing.length === 0,
        detail:
          missing.length === 0
            ? `${processes(stable.names.length * stable.instances)} online`
            : missing.join('; '),
      },
      {
        what: `${areOf(fresh.names)} stopped`,
        ok: running.length === 0,
        detail: running.length === 0 ? 'no process runs' : `${processes(running.length)} still running`,
      },
    ];
  }

  public async undo(run: DriverRun): Promise<string> {
    const { stable, new: fresh } = this.options.settings;
    await this.start(fresh, run);
    await this.stop(stable, fresh, run);
    return `${areOf(fresh.names)} up and ready, ${areOf(stable.names)} stopped.`;
  }

  private async start(app: Pm2App, run: DriverRun): Promise<void> {
    const { settings } = this.options;
    const waiting = { for: ['nothing was seen of it yet'] as readonly string[] };
    try {
      await this.launch(app, run);
      await this.untilReady(app, run, waiting);
    } catch (error) {
      if (!run.signal.aborted) throw error;
      throw notReady(app, app === settings.stable ? settings.new : settings.stable, waiting.for, run.signal);
    }
  }

  private async launch(app: Pm2App, run: DriverRun): Promise<void> {
    const { pm2 } = this.options;
    const before = await pm2.list(run.signal);
    this.assertKnown(app, before);
    const idle = app.names.flatMap((name) => toStart(name, app.instances, before));
    if (idle.length > 0) {
      run.progress(`Starting ${listOf(app.names)}.`);
      await pm2.restart(idle, run.signal);
    }
    for (const name of app.names) {
      if (before.filter((one) => one.name === name).length >= app.instances) continue;
      run.progress(`Scaling ${name} to ${processes(app.instances)}.`);
      await pm2.scale(name, app.instances, run.signal);
    }
  }

  private async untilReady(app: Pm2App, run: DriverRun, waiting: { for: readonly string[] }): Promise<void> {
    for (let said = ''; ;) {
      const all = await this.options.pm2.list(run.signal);
      const { missing, givenUp } = await this.readiness(app, all, run.signal);
      run.signal.throwIfAborted();
      if (missing.length === 0) return;
      waiting.for = missing;
      if (givenUp.length > 0) throw gaveUp(givenUp);
      if (missing.join() !== said) run.progress(`Waiting: ${missing.join('; ')}.`);
      said = missing.join();
      await pause(this.options.everyMs ?? 500, undefined, { signal: run.signal });
    }
  }

  /** Never where the other one is not up: then nobody would answer. */
  private async stop(app: Pm2App, other: Pm2App, run: DriverRun): Promise<void> {
    const { signal } = run;
    const { pm2, ownId } = this.options;
    const all = await pm2.list(signal);
    const { missing } = await this.readiness(other, all, signal);
    if (missing.length > 0) {
      throw new DriverFailed(
        `${wereOf(app.names)} not stopped, because the other version is not ready: ${missing.join('; ')}.`,
        { next: `See "pm2 logs ${other.names[0] ?? ''}".` },
      );
    }
    const running = stillRunning(app, all).map(({ id }) => id);
    if (running.length > 0) run.progress(`Stopping ${listOf(app.names)}.`);
    await pm2.stop(
      running.filter((id) => id !== ownId),
      signal,
    );
    // Whoever stops itself stops everything that it has begun; the next leader finds the others stopped.
    if (ownId !== undefined && running.includes(ownId)) await pm2.stop([ownId], signal);
    const left = stillRunning(app, await pm2.list(signal));
    if (left.length > 0) {
      throw new DriverFailed(
        `PM2 stopped ${listOf(app.names)}, and ${processes(left.length)} of it still runs.`,
        {
          next: `Something starts it again: see "pm2 logs ${app.names[0] ?? ''}".`,
        },
      );
    }
  }

  private readiness(app: Pm2App, all: readonly Pm2Process[], signal: AbortSignal): Promise<Readiness> {
    const { probe, clock } = this.options;
    return readinessOf(app, all, { probe, now: clock.now(), signal });
  }

  private assertKnown(app: Pm2App, all: readonly Pm2Process[]): void {
    const unknown = app.names.filter((name) => !all.some((one) => one.name === name));
    if (unknown.length === 0) return;
    throw new DriverFailed(`PM2 (${this.options.pm2.home}) knows no app ${listOf(unknown)}.`, {
      next: `Start it once and stop it again, as the bot's user: pm2 start ecosystem.config.js --only ${unknown.join(',')}`,
    });
  }
}

/** Stopped ones, as many as are missing. */
function toStart(name: string, instances: number, all: readonly Pm2Process[]): readonly number[] {
  const own = all.filter((one) => one.name === name);
  const idle = own.filter(({ status }) => down.includes(status));
  return idle.slice(0, Math.max(0, instances - (own.length - idle.length))).map(({ id }) => id);
}

function stillRunning(app: Pm2App, all: readonly Pm2Process[]): readonly Pm2Process[] {
  return all.filter(({ name, status }) => app.names.includes(name) && !down.includes(status));
}

function onlineOf(name: string, all: readonly Pm2Process[]): number {
  return all.filter((one) => one.name === name && one.status === 'online').length;
}

function areOf(names: readonly string[]): string {
  return `${listOf(names)} ${names.length === 1 ? 'is' : 'are'}`;
}

function wereOf(names: readonly string[]): string {
  return `${listOf(names)} ${names.length === 1 ? 'was' : 'were'}`;
}

function listOf(names: readonly string[]): string {
  return names.join(', ');
}

function notReady(app: Pm2App, other: Pm2App, missing: readonly string[], signal: AbortSignal): DriverFailed {
  return new DriverFailed(
    `${wereOf(app.names)} not ready when ${whyLetGo(signal)}: ${missing.join('; ')}. ${wereOf(other.names)} not touched.`,
    { next: `See "pm2 logs ${app.names[0] ?? ''}".` },
  );
}

function gaveUp(errored: readonly Pm2Process[]): DriverFailed {
  const [first] = errored;
  const names = [...new Set(errored.map(({ name }) => name))];
  return new DriverFailed(
    `PM2 gave up on ${listOf(names)} after ${first?.restarts ?? 0} restarts. The other version was not touched.`,
    { next: `See "pm2 logs ${first?.name ?? ''}".` },
  );
}
