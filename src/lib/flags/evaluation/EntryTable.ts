/**
 * Guilds and six bits for each: open addressing within segments, and a directory of segments by the upper bits of the
 * hash (extendible hashing). Only one segment is ever rehashed at a time, so that growing never makes evaluation pause.
 */
import { type Arena, type Block, slotSize } from './Arena.js';
import { type GuildKey, spread } from './GuildKey.js';

/** The bits stand above the key's third word. */
const bitsAt = 26;
const keyMask = (1 << bitsAt) - 1;
const smallest = 4;
/** Slots of a segment before it is split: rehashing so many takes well under a millisecond. */
const largest = 4_096;
const fullest = 0.7;

interface Segment {
  block: Block;
  mask: number;
  count: number;
  /** Upper bits of the hash that all of its keys share. */
  depth: number;
}

export class EntryTable {
  private segments: Segment[];
  private depth = 0;
  private total = 0;

  public constructor(private readonly arena: Arena) {
    this.segments = [this.segment(smallest, 0)];
  }

  /** Guilds with any bits. */
  public get size(): number {
    return this.total;
  }

  /** 0 for a guild that is not in the table. */
  public bits(guild: GuildKey): number {
    const segment = this.segments[this.depth === 0 ? 0 : guild.hash >>> (32 - this.depth)]!;
    const { cells, offset } = segment.block;
    for (let slot = guild.hash & segment.mask; ; slot = (slot + 1) & segment.mask) {
      const at = offset + slot * slotSize;
      const third = cells[at + 2]!;
      if (third === 0) return 0;
      if (cells[at + 1] === guild.second && cells[at] === guild.first && (third & keyMask) === guild.third) {
        return third >>> bitsAt;
      }
    }
  }

  /** 0 takes the guild out. */
  public set(guild: GuildKey, bits: number): void {
    let segment = this.find(guild.hash);
    let at = this.slotOf(segment, guild.first, guild.second, guild.third, guild.hash);
    const isNew = segment.block.cells[at + 2] === 0;
    if (bits === 0) {
      if (!isNew) this.remove(segment, at);
      return;
    }
    if (isNew) {
      while (segment.count + 1 > (segment.mask + 1) * fullest) {
        this.grow(segment, guild.hash);
        segment = this.find(guild.hash);
        at = this.slotOf(segment, guild.first, guild.second, guild.third, guild.hash);
      }
      segment.count++;
      this.total++;
    }
    const { cells } = segment.block;
    cells[at] = guild.first;
    cells[at + 1] = guild.second;
    cells[at + 2] = guild.third | (bits << bitsAt);
  }

  /** Gives its memory back; the table is not used after that. */
  public close(): void {
    for (const segment of new Set(this.segments)) this.arena.give(segment.block);
  }

  private find(hash: number): Segment {
    return this.segments[this.depth === 0 ? 0 : hash >>> (32 - this.depth)]!;
  }

  /** Where the key is, or the free slot where it would be. */
  private slotOf(segment: Segment, first: number, second: number, third: number, hash: number): number {
    const { cells, offset } = segment.block;
    for (let slot = hash & segment.mask; ; slot = (slot + 1) & segment.mask) {
      const at = offset + slot * slotSize;
      const there = cells[at + 2]!;
      if (there === 0) return at;
      if (cells[at] === first && cells[at + 1] === second && (there & keyMask) === third) return at;
    }
  }

  /** Closes the gap by moving back what was pushed on by it, so that no searched-for key hides behind an empty slot. */
  private remove(segment: Segment, gap: number): void {
    const { cells, offset } = segment.block;
    segment.count--;
    this.total--;
    let hole = (gap - offset) / slotSize;
    for (let slot = (hole + 1) & segment.mask; ; slot = (slot + 1) & segment.mask) {
      const at = offset + slot * slotSize;
      if (cells[at + 2] === 0) break;
      const home = hashAt(cells, at) & segment.mask;
      if (((slot - home) & segment.mask) < ((slot - hole) & segment.mask)) continue;
      cells.copyWithin(offset + hole * slotSize, at, at + slotSize);
      hole = slot;
    }
    cells.fill(0, offset + hole * slotSize, offset + (hole + 1) * slotSize);
  }

  private grow(segment: Segment, hash: number): void {
    const slots = segment.mask + 1;
    if (slots < largest) {
      const old = segment.block;
      segment.block = this.arena.take(slots * 2);
      segment.mask = slots * 2 - 1;
      this.move(old, () => segment);
      this.arena.give(old);
      return;
    }
    if (segment.depth === this.depth) {
      this.segments = this.segments.flatMap((one) => [one, one]);
      this.depth++;
    }
    this.split(segment, hash);
  }

  private split(segment: Segment, hash: number): void {
    const depth = segment.depth + 1;
    const halves = [this.segment(largest, depth), this.segment(largest, depth)] as const;
    const width = this.depth - segment.depth;
    const from = segment.depth === 0 ? 0 : (hash >>> (32 - segment.depth)) << width;
    for (let at = from; at < from + (1 << width); at++) {
      this.segments[at] = at < from + (1 << (width - 1)) ? halves[0] : halves[1];
    }
    this.move(segment.block, (moved) => {
      const half = this.find(moved);
      half.count++;
      return half;
    });
    this.arena.give(segment.block);
  }

  private move(from: Block, to: (hash: number) => Segment): void {
    const { cells, offset, slots } = from;
    for (let at = offset; at < offset + slots * slotSize; at += slotSize) {
      const third = cells[at + 2]!;
      if (third === 0) continue;
      const hash = hashAt(cells, at);
      const segment = to(hash);
      const there = this.slotOf(segment, cells[at]!, cells[at + 1]!, third & keyMask, hash);
      segment.block.cells[there] = cells[at]!;
      segment.block.cells[there + 1] = cells[at + 1]!;
      segment.block.cells[there + 2] = third;
    }
  }

  private segment(slots: number, depth: number): Segment {
    return { block: this.arena.take(slots), mask: slots - 1, count: 0, depth };
  }
}

function hashAt(cells: Int32Array, at: number): number {
  return spread(cells[at]!, cells[at + 1]!, cells[at + 2]! & keyMask);
}
