/** Both arms of one tried rollout: who is in which, and one replayed unit as the ticks that the judge takes in. */
import { shiftFor } from '../../health/judging/latencyCuts.js';
import type { Tick } from '../../health/judging/ticks.js';
import type { PlanGuard } from '../plans/Plan.js';
import type { Harm } from './Harm.js';
import type { Random } from './Random.js';
import type { Day, Traffic } from './Traffic.js';
import type { Usual } from './usual.js';

interface Sums {
  readonly canary: { bad: number; exposure: number };
  readonly control: { bad: number; exposure: number };
}

/** Latency at one margin: which edges each arm's runs are held against. */
interface LatencyLook {
  readonly margin: number;
  /** One a cut, as offsets into a row's edges. */
  readonly control: Int32Array;
  /** The canary's, and how much of the next edge below counts where its runs were slowed. */
  readonly canary: Int32Array;
  readonly part: number;
  /** By cut: bad and exposure of the canary, bad and exposure of the control. */
  readonly sums: Float64Array;
  /** The same as the judge takes it, filled when it asks. */
  readonly ticks: readonly Sums[];
}

export class Arms {
  /** Guilds with the feature that were active in this step, by number. */
  private seen: Uint8Array;
  private hurt: Uint8Array;
  public activeGuilds = 0;
  public harmedGuilds = 0;
  public runs = 0;
  private readonly positions: Float64Array;
  private readonly errors = noSums();
  private readonly looks: readonly LatencyLook[];

  public constructor(
    private readonly traffic: Traffic,
    private readonly usual: Usual,
    private readonly harm: Harm | null,
    guards: readonly PlanGuard[],
    private readonly random: Random,
  ) {
    this.positions = new Float64Array(traffic.guilds).map(() => random.uniform());
    this.seen = new Uint8Array(traffic.guilds);
    this.hurt = new Uint8Array(traffic.guilds);
    const margins = new Set(guards.filter(({ metric }) => metric === 'latency').map(({ margin }) => margin));
    this.looks = [...margins].map((margin) => lookOf(traffic, margin, harm));
  }

  public enterStep(): void {
    this.seen = new Uint8Array(this.traffic.guilds);
    this.hurt = new Uint8Array(this.traffic.guilds);
    this.activeGuilds = 0;
    this.harmedGuilds = 0;
    this.runs = 0;
  }

  /** Afterwards {@link views} answers this unit's ticks. @param share of guilds with the feature, 0…1 */
  public replay(day: Day, slot: number, share: number): void {
    clear(this.errors);
    for (const { sums } of this.looks) sums.fill(0);
    const end = day.starts[slot + 1]!;
    for (let row = day.starts[slot]!; row < end; row++) {
      const guild = day.guild[row]!;
      const isCanary = this.positions[guild]! < share;
      const isBad = day.isBad[row]! === 1 || (isCanary && this.fails(guild));
      const arm = isCanary ? this.errors.canary : this.errors.control;
      arm.exposure += this.usual.errors[guild]!;
      if (isBad) arm.bad += 1;
      if (isCanary) this.see(guild, day.runs[row]!);
      for (const look of this.looks) this.addLatency(look, day, row, guild, isCanary);
    }
  }

  /** Of the last unit; the next one writes over them. */
  public views({ metric, margin }: PlanGuard): readonly Tick[] {
    if (metric !== 'latency') return [this.errors];
    const look = this.looks.find((each) => each.margin === margin);
    if (look === undefined) return [];
    const { sums, ticks } = look;
    ticks.forEach(({ canary, control }, cut) => {
      canary.bad = sums[4 * cut]!;
      canary.exposure = sums[4 * cut + 1]!;
      control.bad = sums[4 * cut + 2]!;
      control.exposure = sums[4 * cut + 3]!;
    });
    return ticks;
  }

  /** A copy: the sums are used again for the next unit. */
  public errorTick(): Tick {
    return { canary: { ...this.errors.canary }, control: { ...this.errors.control } };
  }

  /** Whether the harm makes this guild's unit fail that was well; so that all its units fail `factor` times as often. */
  private fails(guild: number): boolean {
    if (this.harm?.metric !== 'errors') return false;
    const usually = this.usual.errors[guild]!;
    if (this.random.uniform() >= ((this.harm.factor - 1) * usually) / (1 - usually)) return false;
    this.harmGuild(guild);
    return true;
  }

  private see(guild: number, runs: number): void {
    this.runs += runs;
    if (this.harm?.metric === 'latency') this.harmGuild(guild);
    if (this.seen[guild] === 1) return;
    this.seen[guild] = 1;
    this.activeGuilds++;
  }

  private harmGuild(guild: number): void {
    if (this.hurt[guild] === 1) return;
    this.hurt[guild] = 1;
    this.harmedGuilds++;
  }

  /** The innermost loop of all: two weeks of a large bot pass here a hundred million times. */
  private addLatency(look: LatencyLook, day: Day, row: number, guild: number, isCanary: boolean): void {
    const { slower } = day;
    const { sums } = look;
    const { latency } = this.usual;
    const edges = isCanary ? look.canary : look.control;
    const part = isCanary ? look.part : 0;
    const at = row * this.traffic.edges;
    const cuts = edges.length;
    for (let cut = 0, sum = isCanary ? 0 : 2; cut < cuts; cut++, sum += 4) {
      const edge = at + edges[cut]!;
      const slow = slower[edge]!;
      sums[sum]! += part > 0 ? slow + part * (slower[edge - 1]! - slow) : slow;
      sums[sum + 1]! += latency[guild * cuts + cut]!;
    }
  }
}

function lookOf(traffic: Traffic, margin: number, harm: Harm | null): LatencyLook {
  // Runs that take f times as long are slower than an edge as they were slower than the edge divided by f.
  const slowedBy = harm?.metric === 'latency' ? Math.log(harm.factor) / Math.log(1.5) : 0;
  const whole = Math.floor(slowedBy);
  const within = (edge: number): number => Math.min(traffic.edges - 1, Math.max(1, edge - traffic.firstEdge));
  const { buckets } = shiftFor(margin);
  return {
    margin,
    control: Int32Array.from(traffic.cuts, ({ edge }) => within(edge)),
    canary: Int32Array.from(traffic.cuts, ({ edge }) => within(edge + buckets - whole)),
    part: slowedBy - whole,
    sums: new Float64Array(4 * traffic.cuts.length),
    ticks: traffic.cuts.map(noSums),
  };
}

function noSums(): Sums {
  return { canary: { bad: 0, exposure: 0 }, control: { bad: 0, exposure: 0 } };
}

function clear({ canary, control }: Sums): void {
  canary.bad = canary.exposure = control.bad = control.exposure = 0;
}
