/** All guilds of all processes. Each keeps one blob of its own in state; the union answers every count and every name. */
import type { Blobs } from '../../state/Store.js';
import { AmbiguousGuild, UnknownGuild } from '../errors.js';
import type { GuildFacts } from '../FlagsRoom.js';
import type { KnownGuilds } from '../planning/Plan.js';
import { type ListedGuild, packGuilds, unpackGuilds } from './blob.js';
import { GuildSearch } from './GuildSearch.js';
import { ownerOf, type ProcessGuilds, readOwner, type ShardSet, union } from './union.js';

/** What this process serves. */
export interface OwnGuilds extends ShardSet {
  /** Its guilds as of now, those that Discord cannot reach at the moment included. */
  guilds(): Iterable<GuildFacts>;
}

/** Guilds that were left keep their name for so long, ms. */
const rememberLeftMs = 30 * 86_400_000;

export class GuildDirectory implements KnownGuilds {
  /** Blobs that are not what this program writes; passed over. */
  public unreadable: readonly string[] = [];
  private own: OwnGuilds | undefined;
  private ownList: readonly ListedGuild[] = [];
  private others: readonly ProcessGuilds[] = [];
  private listed: ReadonlyMap<string, ListedGuild> = new Map();
  private present: readonly GuildFacts[] = [];
  private index: GuildSearch | undefined;
  private turn: Promise<void> = Promise.resolve();

  /** @param clock domain time, for when a guild left */
  public constructor(
    private readonly blobs: Blobs,
    private readonly clock: { now(): number },
  ) {}

  /** Once the gateway has said which shards and guilds are this process's. */
  public async serve(own: OwnGuilds): Promise<void> {
    this.own = own;
    await this.refresh();
  }

  /** After a guild was joined or left, and once a minute: writes what is own, reads what is others'. */
  public refresh(): Promise<void> {
    const next = this.turn.then(() => this.exchange());
    // One at a time, and a failed turn must not stop the next; whoever asked is told.
    this.turn = next.catch(() => undefined);
    return next;
  }

  /** Guilds that the bot is in. */
  public get all(): readonly GuildFacts[] {
    return this.present;
  }

  /** A guild by id, also one that was left within the last month (for its name). */
  public known(id: string): GuildFacts | undefined {
    return this.listed.get(id);
  }

  public guild(id: string): GuildFacts | undefined {
    const guild = this.listed.get(id);
    return guild?.left === null ? guild : undefined;
  }

  public nearestGuilds(typed: string): readonly string[] {
    return this.search(typed, 3).map(({ name }) => name);
  }

  /** Best match first. */
  public search(typed: string, most: number): readonly GuildFacts[] {
    return this.searcher.find(typed, most);
  }

  /** By id or by exact name. Throws UnknownGuild, AmbiguousGuild. */
  public resolve(typed: string): GuildFacts {
    const byId = this.guild(typed.trim());
    if (byId !== undefined) return byId;
    const named = this.searcher.named(typed);
    const [only] = named;
    if (only === undefined) throw new UnknownGuild(typed, this.nearestGuilds(typed));
    if (named.length > 1) {
      throw new AmbiguousGuild(
        typed,
        named.map(({ id }) => id),
      );
    }
    return only;
  }

  private get searcher(): GuildSearch {
    return (this.index ??= new GuildSearch(this.present));
  }

  private async exchange(): Promise<void> {
    const mine = this.own === undefined ? undefined : ownerOf(this.own);
    // What is own is known here at once, whether or not the store can be reached.
    this.look();
    const blobs = await this.blobs.all();
    const read: ProcessGuilds[] = [];
    const unreadable: string[] = [];
    for (const { owner, at, blob } of blobs) {
      const shards = readOwner(owner);
      if (shards === undefined) {
        unreadable.push(owner);
        continue;
      }
      const guilds = await unpackGuilds(blob).catch(() => undefined);
      if (guilds === undefined) unreadable.push(owner);
      else if (owner === mine) this.ownList = withThoseLeft(this.ownList, guilds, this.clock.now());
      else read.push({ ...shards, at, guilds });
    }
    this.others = read;
    this.unreadable = unreadable;
    this.look();
    if (mine !== undefined) await this.blobs.put(mine, await packGuilds(this.ownList));
  }

  /** Takes stock of this process's own guilds and joins them with the others'. */
  private look(): void {
    const now = this.clock.now();
    if (this.own !== undefined) {
      const present = [...this.own.guilds()].map((guild) => ({ ...guild, left: null }));
      this.ownList = withThoseLeft(present, this.ownList, now);
    }
    const newest = Math.max(0, ...this.others.map(({ at }) => at)) + 1;
    const processes =
      this.own === undefined
        ? this.others
        : [
            ...this.others,
            { shards: this.own.shards, count: this.own.count, at: newest, guilds: this.ownList },
          ];
    this.listed = union(processes);
    this.present = [...this.listed.values()].filter(({ left }) => left === null);
    this.index = undefined;
  }
}

/** The list, and those of an earlier one that are not on it any more: left, and remembered for a month. */
function withThoseLeft(
  list: readonly ListedGuild[],
  earlier: readonly ListedGuild[],
  now: number,
): readonly ListedGuild[] {
  const ids = new Set(list.map(({ id }) => id));
  const gone = earlier
    .filter(({ id }) => !ids.has(id))
    .map((guild) => ({ ...guild, left: guild.left ?? now }))
    .filter(({ left }) => now - left < rememberLeftMs);
  return [...list, ...gone];
}
