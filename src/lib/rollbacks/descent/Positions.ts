/**
 * Where the guilds that still have it stand in the flag's order: counts by the upper 16 bits of their positions, 256 KB whatever
 * the number of guilds. Ceilings lie between two of these, so that a batch is exact to a 65,536th of all guilds.
 */
const slots = 2 ** 16;
const slotSize = 2 ** 16;

export class Positions {
  private readonly counts = new Uint32Array(slots);

  /** @param position 0…2^32-1 */
  public add(position: number): void {
    this.counts[Math.floor(position / slotSize)]!++;
  }

  /**
   * The highest ceiling that turns off at least `amount` guilds of those below `ceiling`.
   *
   * @param ceiling where it stands now; 2^32 = above all
   * @returns the new ceiling, 0 where all that are left are fewer, and how many guilds lie between the two
   */
  public below(ceiling: number, amount: number): { readonly ceiling: number; readonly guilds: number } {
    let slot = Math.ceil(ceiling / slotSize);
    let guilds = 0;
    while (slot > 0 && guilds < amount) guilds += this.counts[--slot] ?? 0;
    return { ceiling: slot * slotSize, guilds };
  }
}
