/** Asks databases and the like whether they answer, again and again. */
import type { Clock } from '../../core/Clock.js';
import { RolloutError } from '../../core/RolloutError.js';
import type { ProbeResult } from '../judging/hardLimits/probes.js';

/** Resolves where all is well; a rejection, or no answer within 5 s, is a failure. */
export type ProbeFunction = () => unknown;

/** Calls back once after so many ms of real time, unless cancelled before. */
export type After = (ms: number, callback: () => void) => { cancel(): void };

export interface ProbesOptions {
  /** Real time. */
  readonly clock: Clock;
  readonly after: After;
}

/** Two probes cannot bear one name: their results would be mixed. */
export class ProbeExists extends RolloutError {
  public readonly code = 'PROBE_EXISTS';
}

const everyMs = 30_000;
const timeoutMs = 5_000;
const kept = 10;

export class Probes {
  private readonly byName = new Map<string, { readonly ask: ProbeFunction; results: ProbeResult[] }>();
  private askedAt = Number.NEGATIVE_INFINITY;

  public constructor(private readonly options: ProbesOptions) {}

  /** @returns takes the probe away again. @throws {ProbeExists} */
  public add(name: string, ask: ProbeFunction): () => void {
    if (this.byName.has(name))
      throw new ProbeExists(`There is a probe named "${name}" already.`, {
        next: 'Give this one another name, or take the other away first.',
      });
    const probe = { ask, results: [] };
    this.byName.set(name, probe);
    return () => {
      if (this.byName.get(name) === probe) this.byName.delete(name);
    };
  }

  /** Asks all of them, where 30 s have passed since the last time. */
  public async askWhereDue(): Promise<void> {
    const now = this.options.clock.now();
    if (now - this.askedAt < everyMs) return;
    this.askedAt = now;
    await Promise.all(
      [...this.byName.values()].map(async (probe) => {
        const isHealthy = await this.isHealthy(probe.ask);
        probe.results = [...probe.results, { at: now, isHealthy }].slice(-kept);
      }),
    );
  }

  /** The last results by probe, oldest first. */
  public get results(): Readonly<Record<string, readonly ProbeResult[]>> {
    return Object.fromEntries([...this.byName].map(([name, { results }]) => [name, results]));
  }

  private async isHealthy(ask: ProbeFunction): Promise<boolean> {
    return new Promise<boolean>((resolve) => {
      const deadline = this.options.after(timeoutMs, () => resolve(false));
      const answered = (isHealthy: boolean) => (): void => {
        deadline.cancel();
        resolve(isHealthy);
      };
      // Called within the chain, so that a probe that throws at once is a failure as well.
      Promise.resolve().then(ask).then(answered(true), answered(false));
    });
  }
}
