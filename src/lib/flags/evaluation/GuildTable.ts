/**
 * Guilds and six bits for each. A small table is one segment, a large one a directory of them by the upper bits of the hash
 * (extendible hashing): only one segment is ever rehashed at a time, so that growing never makes evaluation pause.
 */
import type { Arena } from './Arena.js';
import { type GuildKey, quickHash, secondWord } from './GuildKey.js';
import { Segment } from './Segment.js';

export class GuildTable {
  private only: Segment | undefined;
  private directory: Segment[] | undefined;
  /** Bits of the hash that the directory goes by. */
  private depth = 0;
  private total = 0;
  /** Ids that do not fit a {@link GuildKey}. Evaluation does not ask for them here, but they count. */
  private strange: Map<string, number> | undefined;

  /** @param writing a key to read ids into: evaluation keeps one of its own, and must not find it changed */
  public constructor(
    private readonly arena: Arena,
    private readonly writing: GuildKey,
  ) {}

  /** Guilds with any bits. */
  public get size(): number {
    return this.total;
  }

  /** 0 for a guild that is not in it. */
  public bits(guild: GuildKey): number {
    if (this.only !== undefined) return this.only.bits(guild);
    return this.directory === undefined ? 0 : this.directory[guild.quick >>> (32 - this.depth)]!.bits(guild);
  }

  /** False where the guild is certainly not in it, found out from a part of its id. */
  public mayHave(id: string): boolean {
    if (this.strange !== undefined) return true;
    const quick = quickHash(secondWord(id));
    if (this.only !== undefined) return this.only.mayHave(quick);
    return this.directory !== undefined && this.directory[quick >>> (32 - this.depth)]!.mayHave(quick);
  }

  public bitsOf(id: string): number {
    return this.writing.read(id) ? this.bits(this.writing) : (this.strange?.get(id) ?? 0);
  }

  /** 0 takes the guild out. */
  public set(id: string, bits: number): void {
    const before = this.bitsOf(id);
    if (before === bits) return;
    if (before === 0) this.total++;
    if (bits === 0) this.total--;
    if (!this.writing.is(id)) this.remember(id, bits);
    else if (bits === 0) this.segmentOf(this.writing).remove(this.writing);
    else while (!this.segmentOf(this.writing).set(this.writing, bits)) this.grow(this.writing.quick);
    if (this.total === 0) this.clear();
  }

  public clear(): void {
    for (const segment of new Set(this.directory ?? [])) segment.close();
    this.only?.close();
    this.only = undefined;
    this.directory = undefined;
    this.depth = 0;
    this.total = 0;
    this.strange = undefined;
  }

  private remember(id: string, bits: number): void {
    this.strange ??= new Map();
    if (bits === 0) this.strange.delete(id);
    else this.strange.set(id, bits);
  }

  private segmentOf(guild: GuildKey): Segment {
    const segment = this.directory?.[guild.quick >>> (32 - this.depth)];
    return segment ?? (this.only ??= new Segment(this.arena));
  }

  private grow(quick: number): void {
    const segment = this.segmentOf(this.writing);
    const [lower, upper = lower] = segment.grown();
    if (this.directory === undefined && upper === lower) {
      this.only = lower;
      return;
    }
    if (segment.depth === this.depth && upper !== lower) {
      this.directory = (this.directory ?? [segment]).flatMap((one) => [one, one]);
      this.depth++;
      this.only = undefined;
    }
    // The segment's part of the directory: all places that begin with the bits that its keys share.
    const width = 1 << (this.depth - segment.depth);
    const from = segment.depth === 0 ? 0 : (quick >>> (32 - segment.depth)) * width;
    const directory = this.directory ?? [];
    directory.fill(lower, from, from + width);
    directory.fill(upper, from + width / 2, from + width);
  }
}
