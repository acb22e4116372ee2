/** What one rollout must know of a guild again and again, by the guild's number: its position, and where its history stands. */
import { GuildKey, Prefix } from '../../flags/evaluation/GuildKey.js';
import { position } from '../../flags/position.js';
import type { GuildNumbering } from '../../health/recording/columns/GuildNumbering.js';
import type { Baseline } from '../../health/recording/HealthRecords.js';

export interface Places {
  /** By number: the position among the flag's guilds. */
  readonly positions: Uint32Array;
  /** By number: the baseline's row. */
  readonly rows: Int32Array;
}

export class GuildPlaces {
  private readonly prefix: Prefix;
  private readonly key = new GuildKey();
  private known = 0;
  private positions = new Uint32Array(0);
  private rows = new Int32Array(0);
  private numbering: GuildNumbering | undefined;

  /** @param seed what positions are hashed from */
  public constructor(
    public readonly seed: string,
    public readonly baseline: Baseline,
  ) {
    this.prefix = new Prefix(seed);
  }

  /** Of all guilds that have a number; only those that got theirs since the last time are looked up. */
  public of(numbering: GuildNumbering): Places {
    if (this.numbering !== numbering) this.known = 0;
    this.numbering = numbering;
    this.grow(numbering.size);
    for (let number = this.known; number < numbering.size; number++) {
      const guild = numbering.guild(number);
      this.positions[number] = this.positionOf(guild);
      this.rows[number] = this.baseline.rowOf(guild);
    }
    this.known = numbering.size;
    return { positions: this.positions, rows: this.rows };
  }

  private positionOf(guild: string): number {
    return this.key.read(guild) ? this.key.position(this.prefix) : position(this.seed, guild);
  }

  private grow(size: number): void {
    if (size <= this.positions.length) return;
    // A hundred rollouts keep this each: little more than is needed.
    const room = Math.ceil(1.1 * size);
    const [positions, rows] = [new Uint32Array(room), new Int32Array(room)];
    positions.set(this.positions);
    rows.set(this.rows);
    this.positions = positions;
    this.rows = rows;
  }
}
