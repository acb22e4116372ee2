/** What guilds are expected to do, frozen from a week before the tried rollout. */
import { frozenOffset } from '../../health/judging/offsets.js';
import type { Traffic } from './Traffic.js';

/** Sums of one day, by guild; `slow` by cut, too. */
interface DayTotals {
  readonly active: Int32Array;
  readonly hits: Int32Array;
  readonly slow: readonly Float64Array[];
}

export interface Usual {
  /** By guild. */
  readonly errors: Float64Array;
  /** By guild, and within it by cut: all of a guild's lie together, since they are read together. */
  readonly latency: Float64Array;
}

export class UsualDays {
  private readonly totals: readonly DayTotals[];

  public constructor(private readonly traffic: Traffic) {
    this.totals = traffic.days.map((day): DayTotals => {
      const active = new Int32Array(traffic.guilds);
      const hits = new Int32Array(traffic.guilds);
      const slow = traffic.cuts.map(() => new Float64Array(traffic.guilds));
      day.guild.forEach((guild, row) => {
        active[guild]!++;
        hits[guild]! += day.isBad[row]!;
        traffic.cuts.forEach(({ edge }, cut) => {
          slow[cut]![guild]! += day.slower[row * traffic.edges + edge - traffic.firstEdge]!;
        });
      });
      return { active, hits, slow };
    });
  }

  /** @param days indices into the traffic's; one may come several times */
  public over(days: readonly number[]): Usual {
    const { guilds, cuts } = this.traffic;
    const sum = (of: (totals: DayTotals) => ArrayLike<number>): Float64Array => {
      const sums = new Float64Array(guilds);
      for (const day of days) {
        const added = of(this.totals[day]!);
        for (let guild = 0; guild < guilds; guild++) sums[guild]! += added[guild]!;
      }
      return sums;
    };
    const active = sum((totals) => totals.active);
    const offsets = (hits: Float64Array, prior?: number): Float64Array =>
      hits.map((count, guild) =>
        // Fractions that were added up may pass the count by rounding.
        frozenOffset({ hits: Math.min(count, active[guild]!), active: active[guild]! }, prior),
      );
    const latency = new Float64Array(guilds * cuts.length);
    cuts.forEach(({ slower }, cut) => {
      const slow = sum((totals) => totals.slow[cut]!);
      offsets(slow, Math.max(1e-6, slower)).forEach((offset, guild) => {
        latency[guild * cuts.length + cut] = offset;
      });
    });
    return { errors: offsets(sum((totals) => totals.hits)), latency };
  }
}
