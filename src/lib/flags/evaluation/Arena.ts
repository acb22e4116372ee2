/**
 * Memory for the guild tables of all flags. A typed array for each would cost more than the few entries that most flags
 * have: small tables share pages, which are split and joined again by halves (a buddy allocator), so that what one flag has
 * outgrown serves another.
 */

/** Numbers a slot: three for the guild's key and bits, one for the filter (see `Segment`). */
const blockSize = 4;

/** Slots a page. A table of half of that or more gets an array of its own. */
const pageSlots = 4_096;

export interface Block {
  readonly cells: Int32Array;
  /** Where it begins in `cells`, in numbers. */
  readonly offset: number;
}

export class Arena {
  private readonly pages: Int32Array[] = [];
  /** By size in slots: where free blocks begin, in slots from the first page's beginning. */
  private readonly free = new Map<number, Set<number>>();
  private ownArrays = 0;

  /** @param slots a power of two. All zero. */
  public take(slots: number): Block {
    if (slots * 2 > pageSlots) {
      this.ownArrays += slots * blockSize * 4;
      return { cells: new Int32Array(slots * blockSize), offset: 0 };
    }
    const at = this.find(slots);
    const page = this.pages[Math.floor(at / pageSlots)];
    if (page === undefined) throw new RangeError('a block lies outside the pages');
    return { cells: page, offset: (at % pageSlots) * blockSize };
  }

  public give({ cells, offset }: Block, slots: number): void {
    if (slots * 2 > pageSlots) {
      this.ownArrays -= cells.byteLength;
      return;
    }
    cells.fill(0, offset, offset + slots * blockSize);
    const from = this.pages.indexOf(cells) * pageSlots + offset / blockSize;
    let [at, size] = [from, slots];
    // Two free halves become the whole again.
    for (; size < pageSlots && this.of(size).delete(at ^ size); size *= 2) at &= ~size;
    this.of(size).add(at);
  }

  /** Bytes in use or kept for use. */
  public get bytes(): number {
    return this.pages.length * pageSlots * blockSize * 4 + this.ownArrays;
  }

  private find(slots: number): number {
    let size = slots;
    while (size < pageSlots && this.of(size).size === 0) size *= 2;
    const [found] = this.of(size);
    let at = found;
    if (at === undefined) {
      at = this.pages.length * pageSlots;
      this.pages.push(new Int32Array(pageSlots * blockSize));
    } else {
      this.of(size).delete(at);
    }
    for (; size > slots; size /= 2) this.of(size / 2).add(at + size / 2);
    return at;
  }

  private of(slots: number): Set<number> {
    let same = this.free.get(slots);
    if (same === undefined) this.free.set(slots, (same = new Set()));
    return same;
  }
}
