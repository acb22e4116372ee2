/** Distinct guilds as their positions: 4 bytes each. Two guilds share one about once in four billion pairs. */
export class GuildSet {
  private size = 0;
  private hasGrown = false;
  /** In the order in which they came. */
  private positions: Uint32Array;
  /** Open addressing: indices + 1 into the list at the places that the positions name; positions are hashes already. */
  private places: Uint32Array;

  private constructor(private readonly packed: string) {
    const bytes = Buffer.from(packed, 'base64');
    const size = Math.floor(bytes.length / 4);
    let room = 64;
    while (room < 2 * size) room *= 2;
    this.positions = new Uint32Array(room);
    this.places = new Uint32Array(2 * room);
    for (let at = 0; at < size; at++) this.place(bytes.readUInt32LE(4 * at));
  }

  public static read(packed: string): GuildSet {
    return new GuildSet(packed);
  }

  public get count(): number {
    return this.size;
  }

  public add(position: number): void {
    if (this.place(position)) this.hasGrown = true;
  }

  /** As it was read, where nothing came to it. */
  public pack(): string {
    if (!this.hasGrown) return this.packed;
    const bytes = Buffer.alloc(4 * this.size);
    for (let at = 0; at < this.size; at++) bytes.writeUInt32LE(this.positions[at]!, 4 * at);
    return bytes.toString('base64');
  }

  /** @returns whether it is new */
  private place(position: number): boolean {
    const { places, positions } = this;
    const mask = places.length - 1;
    let place = position & mask;
    for (;;) {
      const entry = places[place]!;
      if (entry === 0) break;
      if (positions[entry - 1] === position) return false;
      place = (place + 1) & mask;
    }
    positions[this.size++] = position;
    places[place] = this.size;
    if (this.size === positions.length) this.grow();
    return true;
  }

  private grow(): void {
    const positions = new Uint32Array(2 * this.positions.length);
    positions.set(this.positions);
    this.positions = positions;
    this.places = new Uint32Array(2 * positions.length);
    const mask = this.places.length - 1;
    for (let at = 0; at < this.size; at++) {
      let place = positions[at]! & mask;
      while (this.places[place] !== 0) place = (place + 1) & mask;
      this.places[place] = at + 1;
    }
  }
}
