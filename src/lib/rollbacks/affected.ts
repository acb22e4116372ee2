/** Who has it on, counted over the guild directory in slices, and a sample of them that the proof asks about. */
import type { GuildFacts } from '../flags/FlagsRoom.js';

export interface Affected {
  readonly guilds: number;
  readonly members: number;
  /** At most {@link mostSampled} ids, spread evenly over them in the directory's order: the same for the same guilds. */
  readonly sample: readonly string[];
}

export const mostSampled = 50;

/** Guilds between two pauses. */
const slice = 2_000;

/** @param pause gives other work its turn */
export async function countAffected(
  guilds: readonly GuildFacts[],
  isOn: (guildId: string) => boolean,
  pause: () => Promise<void>,
): Promise<Affected> {
  const counting = new Counting();
  for (let from = 0; from < guilds.length; from += slice) {
    if (from > 0) await pause();
    counting.add(guilds.slice(from, from + slice), isOn);
  }
  return counting.result;
}

/** In one breath: for a press, which waits for nothing. */
export function countAtOnce(guilds: readonly GuildFacts[], isOn: (guildId: string) => boolean): Affected {
  const counting = new Counting();
  counting.add(guilds, isOn);
  return counting.result;
}

class Counting {
  private guilds = 0;
  private members = 0;
  private stride = 1;
  /** Every {@link stride}-th that was found. */
  private kept: string[] = [];

  public get result(): Affected {
    const { guilds, members, kept } = this;
    const sample =
      kept.length <= mostSampled
        ? kept
        : Array.from(
            { length: mostSampled },
            (_, at) => kept[Math.floor((at * kept.length) / mostSampled)] ?? '',
          );
    return { guilds, members, sample };
  }

  public add(guilds: readonly GuildFacts[], isOn: (guildId: string) => boolean): void {
    for (const guild of guilds) {
      if (!isOn(guild.id)) continue;
      if (this.guilds % this.stride === 0) this.keep(guild.id);
      this.guilds++;
      this.members += guild.members;
    }
  }

  private keep(id: string): void {
    this.kept.push(id);
    if (this.kept.length < 2 * mostSampled) return;
    this.kept = this.kept.filter((_, at) => at % 2 === 0);
    this.stride *= 2;
  }
}
