/**
 * A hash table of guild keys with six bits each: open addressing in a block of an arena. Behind the slots lies a filter, a
 * Bloom filter with one hash: nearly every guild that is not in the table is told so by one bit of little, hot memory.
 */
import type { Arena } from './Arena.js';
import { type GuildKey, quickHash, spread } from './GuildKey.js';

/** Numbers a slot. */
const slotSize = 3;

/** The bits stand above the key's third word. */
const bitsAt = 26;
const keyMask = (1 << bitsAt) - 1;
const smallest = 4;
/** A segment of so many slots is split instead of grown: rehashing these takes well under a millisecond. */
const largest = 4_096;
const fullest = 0.7;
/** Directories go by at most so many bits of the hash; ids that agree in all of them have to share a segment. */
const deepest = 12;

export class Segment {
  public count = 0;
  private readonly cells: Int32Array;
  private readonly offset: number;
  private readonly mask: number;
  /** Where the filter begins in `cells`; it has a word of 32 bits for two slots, and a mask for its bits. */
  private readonly filter: number;
  private readonly filterMask: number;

  /**
   * @param slots a power of two
   * @param depth upper bits of the hash that all of its keys share
   */
  public constructor(
    private readonly arena: Arena,
    slots: number = smallest,
    public readonly depth = 0,
  ) {
    const { cells, offset } = arena.take(slots);
    this.cells = cells;
    this.offset = offset;
    this.mask = slots - 1;
    this.filter = offset + slots * slotSize;
    this.filterMask = slots * 16 - 1;
  }

  /** False where no guild with this {@link quickHash} is in it; true where there may be one. */
  public mayHave(quick: number): boolean {
    const bit = quick & this.filterMask;
    return ((this.cells[this.filter + (bit >> 5)]! >>> (bit & 31)) & 1) !== 0;
  }

  public bits(guild: GuildKey): number {
    if (!this.mayHave(guild.quick)) return 0;
    const { cells, offset, mask } = this;
    const { first, second, third: rest } = guild;
    for (let slot = spread(first, second, rest) & mask; ; slot = (slot + 1) & mask) {
      const at = offset + slot * slotSize;
      const third = cells[at + 2]!;
      if (third === 0) return 0;
      if (cells[at + 1] === second && cells[at] === first && (third & keyMask) === rest) {
        return third >>> bitsAt;
      }
    }
  }

  /** False where there is no room for another key; nothing is written then. */
  public set({ first, second, third, quick }: GuildKey, bits: number): boolean {
    const at = this.find(first, second, third);
    if (this.cells[at + 2] === 0) {
      if (this.count + 1 > (this.mask + 1) * fullest) return false;
      this.count++;
    }
    this.write(at, first, second, third | (bits << bitsAt));
    this.note(quick);
    return true;
  }

  /** False where the key was not there. */
  public remove({ first, second, third }: GuildKey): boolean {
    const { cells, offset, mask } = this;
    const gap = this.find(first, second, third);
    if (cells[gap + 2] === 0) return false;
    this.count--;
    let hole = (gap - offset) / slotSize;
    // Moves back what was pushed on by it, so that no key hides behind an empty slot.
    for (let slot = (hole + 1) & mask; ; slot = (slot + 1) & mask) {
      const at = offset + slot * slotSize;
      if (cells[at + 2] === 0) break;
      if (((slot - hashAt(cells, at)) & mask) < ((slot - hole) & mask)) continue;
      cells.copyWithin(offset + hole * slotSize, at, at + slotSize);
      hole = slot;
    }
    cells.fill(0, offset + hole * slotSize, offset + (hole + 1) * slotSize);
    return true;
  }

  /** This one twice as large, or, where it is the largest already, two of its size: for the lower and the upper half of its hashes. */
  public grown(): readonly [Segment] | readonly [Segment, Segment] {
    const slots = this.mask + 1;
    const { arena, depth } = this;
    if (slots < largest || depth === deepest) {
      const larger = new Segment(arena, slots * 2, depth);
      this.moveTo(() => larger);
      return [larger];
    }
    const halves = [new Segment(arena, slots, depth + 1), new Segment(arena, slots, depth + 1)] as const;
    this.moveTo((quick) => halves[(quick >>> (31 - depth)) & 1 ? 1 : 0]);
    return halves;
  }

  /** Gives its memory back; it is not used after that. */
  public close(): void {
    this.arena.give({ cells: this.cells, offset: this.offset }, this.mask + 1);
  }

  /** Where the key is, or the free slot where it would be. */
  private find(first: number, second: number, third: number): number {
    const { cells, offset, mask } = this;
    for (let slot = spread(first, second, third) & mask; ; slot = (slot + 1) & mask) {
      const at = offset + slot * slotSize;
      const there = cells[at + 2]!;
      if (there === 0) return at;
      if (cells[at] === first && cells[at + 1] === second && (there & keyMask) === third) return at;
    }
  }

  private write(at: number, first: number, second: number, third: number): void {
    this.cells[at] = first;
    this.cells[at + 1] = second;
    this.cells[at + 2] = third;
  }

  private note(quick: number): void {
    const bit = quick & this.filterMask;
    this.cells[this.filter + (bit >> 5)]! |= 1 << (bit & 31);
  }

  private moveTo(target: (quick: number) => Segment): void {
    const { cells, offset, mask } = this;
    for (let at = offset; at < offset + (mask + 1) * slotSize; at += slotSize) {
      const third = cells[at + 2]!;
      if (third === 0) continue;
      const quick = quickHash(cells[at + 1]!);
      const to = target(quick);
      const there = to.find(cells[at]!, cells[at + 1]!, third & keyMask);
      to.write(there, cells[at]!, cells[at + 1]!, third);
      to.note(quick);
      to.count++;
    }
    this.close();
  }
}

function hashAt(cells: Int32Array, at: number): number {
  return spread(cells[at]!, cells[at + 1]!, cells[at + 2]! & keyMask);
}
