import { simulatePlan, type SimulateOptions } from './simulatePlan.js';
import type { Simulation } from './Simulation.js';

/** Trying out takes seconds of this process: whoever asks for the same plan meanwhile gets the same answer, and other plans wait. */
export class Simulating {
  private readonly underWay = new Map<string, Promise<Simulation>>();
  private last: Promise<unknown> = Promise.resolve();

  public constructor(private readonly simulate: typeof simulatePlan = simulatePlan) {}

  /** @throws Unavailable where the store is away */
  public run(options: SimulateOptions): Promise<Simulation> {
    const { name } = options.plan;
    const known = this.underWay.get(name);
    if (known !== undefined) return known;
    const result = this.last.then(() => this.simulate(options)).finally(() => this.underWay.delete(name));
    this.underWay.set(name, result);
    // The next one has its turn however this one ends; whoever asked for this one is told.
    this.last = result.catch(() => undefined);
    return result;
  }
}
