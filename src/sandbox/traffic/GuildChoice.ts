/** In which guild the next command is typed: few guilds are busy and many are quiet, and all of them sleep at night. */

/** What the choice is made from. */
export interface BusyGuild {
  readonly id: string;
  readonly memberCount: number;
  /** Staff try things out here: as busy as a guild of this rank, whatever its size. */
  readonly rank?: number;
}

/** Where people live, as hours from UTC; a guild's is picked by its id. */
const zones = [-8, -6, -5, -3, 0, 0, 1, 1, 1, 2, 2, 3, 5.5, 7, 8, 9] as const;
/** The busiest hour of the day, and what is left in the quietest one. */
const peakHour = 20;
const nightShare = 0.15;
const hourMs = 3_600_000;

/** A guild's activity at a moment of domain time, as a part of its busiest hour's. */
export function activityAt(guildId: string, domainMs: number): number {
  const zone = zones[Number((BigInt(guildId) >> 22n) % BigInt(zones.length))] ?? 0;
  const angle = (2 * Math.PI * (domainMs / hourMs + zone - peakHour)) / 24;
  return nightShare + ((1 - nightShare) * (1 + Math.cos(angle))) / 2;
}

export class GuildChoice {
  /** Running sums of the weights, in the order of `ids`. */
  private readonly sums: number[] = [];
  private readonly ids: string[] = [];

  /** The n-th largest guild gets 1/n of the largest one's traffic (Zipf). */
  public constructor(guilds: readonly BusyGuild[]) {
    const bySize = [...guilds].sort((a, b) => b.memberCount - a.memberCount);
    let sum = 0;
    for (const [index, { id, rank = index + 1 }] of bySize.entries()) {
      sum += 1 / rank;
      this.sums.push(sum);
      this.ids.push(id);
    }
  }

  /** A guild's id; undefined where there is no guild, or the chosen one sleeps. */
  public pick(random: () => number, domainMs: number): string | undefined {
    const at = random() * (this.sums.at(-1) ?? 0);
    const id = this.ids[this.firstAbove(at)];
    return id !== undefined && random() < activityAt(id, domainMs) ? id : undefined;
  }

  private firstAbove(at: number): number {
    let [low, high] = [0, this.sums.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sums[middle] ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
