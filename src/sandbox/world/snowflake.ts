/** Discord's ids: 42 bits of milliseconds since 2015, then 22 bits that tell apart what was made in the same one. */
import type { Clock } from '../../lib/core/Clock.js';

const discordEpoch = 1_420_070_400_000;
/** Objects of the seeded world were all "made" from here on, so that their ids are the same at every start. */
const seedEpoch = Date.UTC(2024, 0, 1);

/** The id of the seeded world's `n`-th object of a kind. Neighbours differ in their millisecond, so guilds spread evenly over shards. */
export function fixedId(kind: 'user' | 'guild' | 'role' | 'channel' | 'other', n: number): string {
  const day = { user: 0, guild: 1, role: 2, channel: 3, other: 4 }[kind] * 86_400_000;
  return (BigInt(seedEpoch + day + n - discordEpoch) << 22n).toString();
}

/** Milliseconds since the Unix epoch at which the object was made. */
export function madeAt(id: string): number {
  return Number(BigInt(id) >> 22n) + discordEpoch;
}

/** Makes ids for what happens while the sandbox runs: always rising, never the same after a restart. */
export class SnowflakeSource {
  private lastMs = 0;
  private sequence = 0;

  public constructor(private readonly clock: Clock) {}

  public next(): string {
    const now = this.clock.now();
    if (now > this.lastMs) {
      this.lastMs = now;
      this.sequence = 0;
    } else if (++this.sequence > 4095) {
      this.lastMs += 1;
      this.sequence = 0;
    }
    return ((BigInt(this.lastMs - discordEpoch) << 22n) | BigInt(this.sequence)).toString();
  }
}
