/** How well `/hello` works: as a rule at once and always, else as ordered. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GreetingOrders } from './orders.js';

/** What a greeting with a fault in it throws. It happens often by design: one line in the log is enough. */
export class GreetingFailed extends Error {
  public constructor() {
    super('The greeting failed, as the simulation ordered.');
    this.name = 'GreetingFailed';
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** How far single greetings stray from the median: sigma of the logarithm. */
const spread = 0.4;

export class Greeting {
  private orders: GreetingOrders = {
    errorRate: 0,
    workMs: 0,
    newGreeting: { errors: 1, slowness: 1, alwaysFails: false, guildId: null },
    outage: false,
  };

  /** @param random uniform in [0, 1) */
  public constructor(private readonly random: () => number = Math.random) {}

  public follow(orders: GreetingOrders): void {
    this.orders = orders;
  }

  /** Does what a greeting has to do before it is said; throws {@link GreetingFailed} where it fails. */
  public async prepare(isNew: boolean, guildId: string | null): Promise<void> {
    const { errorRate, workMs, newGreeting, outage } = this.orders;
    const isBad = isNew && (newGreeting.guildId === null || newGreeting.guildId === guildId);
    const slowness = isBad ? newGreeting.slowness : 1;
    if (workMs > 0) await sleep(workMs * slowness * Math.exp(spread * this.normal()));
    const rate =
      outage || (isBad && newGreeting.alwaysFails) ? 1 : errorRate * (isBad ? newGreeting.errors : 1);
    if (this.random() < rate) throw new GreetingFailed();
  }

  /** Box and Muller, 1958. */
  private normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.random())) * Math.cos(2 * Math.PI * this.random());
  }
}

declare module '@sapphire/pieces' {
  interface Container {
    /** What `/hello` works with. */
    greeting: Greeting;
  }
}
