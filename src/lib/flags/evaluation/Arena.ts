/**
 * Memory for the entry tables of all flags. A typed array of its own for each would cost more than the few entries that
 * most flags have; small tables share pages, and what a grown table leaves behind is used again.
 */

/** Numbers a slot: see {@link GuildKey}. */
export const slotSize = 3;

/** Slots a page. A table of a quarter of that or more gets an array of its own. */
const pageSlots = 4_096;

export interface Block {
  readonly cells: Int32Array;
  /** Where it begins in `cells`, in numbers. */
  readonly offset: number;
  /** A power of two. */
  readonly slots: number;
}

export class Arena {
  private readonly free = new Map<number, Block[]>();
  private page: Int32Array | undefined;
  private used = 0;
  private allocated = 0;

  /** All zero. */
  public take(slots: number): Block {
    const again = this.free.get(slots)?.pop();
    if (again !== undefined) return again;
    if (slots >= pageSlots / 4) {
      this.allocated += slots * slotSize * 4;
      return { cells: new Int32Array(slots * slotSize), offset: 0, slots };
    }
    if (this.page === undefined || this.used + slots > pageSlots) {
      this.page = new Int32Array(pageSlots * slotSize);
      this.allocated += this.page.byteLength;
      this.used = 0;
    }
    const block = { cells: this.page, offset: this.used * slotSize, slots };
    this.used += slots;
    return block;
  }

  public give(block: Block): void {
    if (block.slots >= pageSlots / 4) {
      this.allocated -= block.cells.byteLength;
      return;
    }
    block.cells.fill(0, block.offset, block.offset + block.slots * slotSize);
    const same = this.free.get(block.slots);
    if (same === undefined) this.free.set(block.slots, [block]);
    else same.push(block);
  }

  /** Bytes in use or kept for use. */
  public get bytes(): number {
    return this.allocated;
  }
}
