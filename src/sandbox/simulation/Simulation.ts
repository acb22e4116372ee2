/** The knobs of a sandbox in one hand: time, traffic, and what is wrong with the new greeting. */
import type { Clock } from '../../lib/core/Clock.js';
import { domainTimeAt, withSpeed, type Pace } from '../../lib/core/Pace.js';
import type { ClientPorts } from '../people/ClientActions.js';
import { seededRandom } from '../traffic/seededRandom.js';
import { Traffic } from '../traffic/Traffic.js';
import { ordersFor, type BotOrders } from './BotOrders.js';
import { knobChange, type KnobChange } from './knobChange.js';
import { restingKnobs, type Knobs, type SimulationView, type TrafficFigures } from './Knobs.js';

/** So often the figures are told while there is traffic, ms of real time. */
const figuresEveryMs = 1_000;

export class Simulation {
  private turned: Knobs = restingKnobs;
  private runsAt: Pace;
  private carry: ((orders: BotOrders) => void) | null = null;
  private readonly traffic: Traffic;
  private readonly listeners = new Set<(view: SimulationView) => void>();
  private figuresTimer: NodeJS.Timeout | null = null;

  /** @param seed the same seed gives the same guilds, members and gaps */
  public constructor(
    ports: ClientPorts,
    private readonly realTime: Clock,
    seed = 1,
  ) {
    const now = realTime.now();
    this.runsAt = { realAt: now, domainAt: now, speed: 1 };
    this.traffic = new Traffic(ports, {
      realTime,
      domainTime: { now: () => this.domainNow() },
      knobs: () => this.turned,
      random: seededRandom(seed),
    });
  }

  public get knobs(): Knobs {
    return this.turned;
  }

  public get pace(): Pace {
    return this.runsAt;
  }

  public get orders(): BotOrders {
    return ordersFor(this.turned, this.runsAt);
  }

  /** Null where nobody carries the knobs to a bot: then turning them changes nothing. */
  public get view(): SimulationView | null {
    return this.carry && this.look();
  }

  public get figures(): TrafficFigures {
    return this.traffic.figures;
  }

  /** Domain time, ms since epoch. */
  public domainNow(): number {
    return domainTimeAt(this.runsAt, this.realTime.now());
  }

  /** From now on the bot gets its orders through `carry`, the present ones at once. */
  public drive(carry: (orders: BotOrders) => void): void {
    this.carry = carry;
    carry(this.orders);
  }

  /** Domain time goes on from here (ms since epoch) instead of from the machine's. */
  public continueFrom(domainAt: number): void {
    this.runsAt = { realAt: this.realTime.now(), domainAt, speed: this.turned.speed };
    this.carry?.(this.orders);
  }

  /** Turns some of the knobs, at once. Throws where a value is out of its range. */
  public turn(change: KnobChange): SimulationView {
    const given = Object.entries(knobChange.parse(change)).filter(([, value]) => value !== undefined);
    this.turned = { ...this.turned, ...(Object.fromEntries(given) as Partial<Knobs>) };
    if (this.turned.speed !== this.runsAt.speed)
      this.runsAt = withSpeed(this.runsAt, this.turned.speed, this.realTime.now());
    this.carry?.(this.orders);
    this.traffic.follow();
    this.tellFigures(this.turned.traffic > 0);
    this.tell();
    return this.look();
  }

  /** Calls back for every change; the answer stops it. */
  public listen(listener: (view: SimulationView) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  public close(): void {
    this.traffic.close();
    this.tellFigures(false);
  }

  private look(): SimulationView {
    return { knobs: this.turned, pace: this.runsAt, figures: this.figures };
  }

  private tell(): void {
    const view = this.look();
    for (const listener of this.listeners) listener(view);
  }

  private tellFigures(isWanted: boolean): void {
    if (isWanted === (this.figuresTimer !== null)) return;
    clearInterval(this.figuresTimer ?? undefined);
    this.figuresTimer = isWanted ? setInterval(() => this.tell(), figuresEveryMs).unref() : null;
  }
}
