/** Numbers guilds from 0 in the order in which they are first met, so that what is known of each lies in arrays instead of maps. */
import { joinId, splitId } from '../packing/guildId.js';

const firstSize = 1024;

export class GuildNumbering {
  private count = 0;
  /** The upper 42 bits of a snowflake by number, -1 for an id that is none; and its lower 22. */
  private highs = new Float64Array(firstSize);
  private lows = new Uint32Array(firstSize);
  /** Open addressing: numbers + 1 at the places to which their snowflakes hash; twice as many places as numbers. */
  private places = new Uint32Array(2 * firstSize);
  /** By number; made when somebody asks. */
  private readonly texts: (string | undefined)[] = [];
  private readonly named = new Map<string, number>();

  /** How many guilds have a number. */
  public get size(): number {
    return this.count;
  }

  public numberOf(guild: string): number {
    const split = splitId(guild);
    if (split !== undefined) return this.numberOfSplit(split.high, split.low);
    const known = this.named.get(guild);
    if (known !== undefined) return known;
    const number = this.append(-1, 0);
    this.texts[number] = guild;
    this.named.set(guild, number);
    return number;
  }

  /** Of a snowflake as `splitId` has it. */
  public numberOfSplit(high: number, low: number): number {
    const { places, highs, lows } = this;
    const mask = places.length - 1;
    let place = hashOf(high, low) & mask;
    for (;;) {
      const entry = places[place]!;
      if (entry === 0) break;
      if (lows[entry - 1] === low && highs[entry - 1] === high) return entry - 1;
      place = (place + 1) & mask;
    }
    const number = this.append(high, low);
    this.settle(number);
    return number;
  }

  public guild(number: number): string {
    return (this.texts[number] ??= joinId({ high: this.highs[number] ?? 0, low: this.lows[number] ?? 0 }));
  }

  private append(high: number, low: number): number {
    if (this.count === this.highs.length) this.grow();
    const number = this.count++;
    this.highs[number] = high;
    this.lows[number] = low;
    return number;
  }

  private grow(): void {
    const size = 2 * this.highs.length;
    const [highs, lows] = [new Float64Array(size), new Uint32Array(size)];
    highs.set(this.highs);
    lows.set(this.lows);
    this.highs = highs;
    this.lows = lows;
    this.places = new Uint32Array(2 * size);
    for (let number = 0; number < this.count; number++) if (highs[number]! >= 0) this.settle(number);
  }

  private settle(number: number): void {
    const { places } = this;
    const mask = places.length - 1;
    let place = hashOf(this.highs[number]!, this.lows[number]!) & mask;
    while (places[place] !== 0) place = (place + 1) & mask;
    places[place] = number + 1;
  }
}

/** Snowflakes of one bot differ in when they were made: mostly in the lower bits of `high`. */
function hashOf(high: number, low: number): number {
  const mixed = Math.imul((high % 4_294_967_296) | 0, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
