/** Finds guilds by what people type: id, name, part of a name, or a name misspelt. */
import type { GuildFacts } from '../FlagsRoom.js';
import { distance, fold, rank, tolerance } from '../nearest.js';

interface Folded {
  readonly guild: GuildFacts;
  readonly name: string;
  readonly words: readonly string[];
}

export class GuildSearch {
  private readonly guilds: readonly Folded[];

  /** Of two guilds that fit equally well, the larger comes first. */
  public constructor(guilds: readonly GuildFacts[]) {
    this.guilds = guilds
      .map((guild) => {
        const name = fold(guild.name);
        return { guild, name, words: name.split(/[^\p{L}\p{N}]+/u) };
      })
      .sort((a, b) => b.guild.members - a.guild.members || (a.guild.id < b.guild.id ? -1 : 1));
  }

  /** Best match first: exact, prefix, prefix of a word, inside, and, where these are few, near by spelling. */
  public find(typed: string, most: number): readonly GuildFacts[] {
    const wanted = fold(typed);
    const tiers: GuildFacts[][] = [[], [], [], []];
    for (const { guild, name } of this.guilds) {
      const tier =
        guild.id === wanted ? 0 : (rank(wanted, name) ?? (guild.id.startsWith(wanted) ? 1 : undefined));
      if (tier !== undefined) tiers[tier]?.push(guild);
    }
    const found = tiers.flat().slice(0, most);
    if (found.length >= most || wanted.length < 3) return found;
    return [...found, ...this.near(wanted, new Set(found))].slice(0, most);
  }

  /** By name without case, all of them. */
  public named(typed: string): readonly GuildFacts[] {
    const wanted = fold(typed);
    return this.guilds.filter(({ name }) => name === wanted).map(({ guild }) => guild);
  }

  private near(wanted: string, found: ReadonlySet<GuildFacts>): readonly GuildFacts[] {
    const limit = tolerance(wanted.length);
    return this.guilds
      .filter(({ guild }) => !found.has(guild))
      .map(({ guild, name, words }) => ({
        guild,
        away: words.reduce(
          (least, word) => Math.min(least, distance(wanted, word, limit)),
          distance(wanted, name, limit),
        ),
      }))
      .filter(({ away }) => away <= limit)
      .sort((a, b) => a.away - b.away)
      .map(({ guild }) => guild);
  }
}
