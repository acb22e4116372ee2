/** Distinct guilds as their positions: 4 bytes each. Two guilds share one about once in four billion pairs. */
import { position } from '../../flags/position.js';

export class GuildSet {
  private constructor(
    private readonly seed: string,
    private readonly positions: Set<number>,
  ) {}

  public static read(seed: string, packed: string): GuildSet {
    const bytes = Buffer.from(packed, 'base64');
    const positions = new Set<number>();
    for (let at = 0; at + 4 <= bytes.length; at += 4) positions.add(bytes.readUInt32LE(at));
    return new GuildSet(seed, positions);
  }

  public get size(): number {
    return this.positions.size;
  }

  public add(guild: string): void {
    this.positions.add(position(this.seed, guild));
  }

  public pack(): string {
    const bytes = Buffer.alloc(4 * this.positions.size);
    let at = 0;
    for (const one of this.positions) at = bytes.writeUInt32LE(one, at);
    return bytes.toString('base64');
  }
}
