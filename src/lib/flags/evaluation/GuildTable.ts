/** A table of guilds by id. Ids that do not fit a {@link GuildKey} are remembered beside it, so that the size is true. */
import type { Arena } from './Arena.js';
import { EntryTable } from './EntryTable.js';
import type { GuildKey } from './GuildKey.js';

export class GuildTable {
  private table: EntryTable | undefined;
  private strange: Map<string, number> | undefined;

  /** @param writing a key to read ids into: evaluation keeps one of its own, and must not find it changed */
  public constructor(
    private readonly arena: Arena,
    private readonly writing: GuildKey,
  ) {}

  public get size(): number {
    return (this.table?.size ?? 0) + (this.strange?.size ?? 0);
  }

  /** 0 for a guild that is not in it. */
  public bits(guild: GuildKey): number {
    return this.table === undefined ? 0 : this.table.bits(guild);
  }

  public bitsOf(id: string): number {
    if (this.writing.read(id)) return this.bits(this.writing);
    return this.strange?.get(id) ?? 0;
  }

  /** 0 takes the guild out. */
  public set(id: string, bits: number): void {
    if (this.writing.read(id)) {
      if (bits !== 0 || this.table !== undefined)
        (this.table ??= new EntryTable(this.arena)).set(this.writing, bits);
      if (this.table?.size === 0) this.clearTable();
    } else if (bits !== 0) {
      (this.strange ??= new Map()).set(id, bits);
    } else {
      this.strange?.delete(id);
    }
  }

  public clear(): void {
    this.clearTable();
    this.strange = undefined;
  }

  private clearTable(): void {
    this.table?.close();
    this.table = undefined;
  }
}
