/** The fast evaluator: it always answers as the plain rules of `decide.ts` do. */
import type { GuildView } from '../FlagsRoom.js';
import type { World } from '../world.js';
import { type CompiledFlag, hangsOnEntries, isOff, isOn, isUnknown } from './CompiledFlag.js';
import { CompiledFlags } from './CompiledFlags.js';
import { type AnswerSource, CompiledView } from './CompiledView.js';
import { decide } from './decide.js';
import { GuildKey } from './GuildKey.js';

export class Evaluator extends CompiledFlags implements AnswerSource {
  /** The guild asked for last: one event asks for several flags. */
  private readonly last = new GuildKey();

  public isEnabled(key: string, guildId: string | null, fallback: boolean): boolean {
    const flag = this.flags.get(key);
    if (flag === undefined) return fallback && !this.isEverythingOff;
    this.asked[flag.index]!++;
    if (this.isEverythingOff) return false;
    if (flag.underRollout !== null) this.exposures.met(flag.underRollout, guildId);
    return this.answer(flag, guildId, this.last, fallback);
  }

  /** For views, which keep answers: a flag under rollout is met at every asking. */
  public met(index: number, guildId: string | null): void {
    const flags = this.byIndex[index]?.underRollout;
    if (flags && !this.isEverythingOff) this.exposures.met(flags, guildId);
  }

  /** Whether {@link met} must be called at every asking for this flag. */
  public isUnderRollout(index: number): boolean {
    return !this.isEverythingOff && (this.byIndex[index]?.underRollout ?? null) !== null;
  }

  /** It is asked no more. */
  public close(): void {
    this.exposures.close();
  }

  /** Without counting it as a use or an exposure, and as if the kill switch for everything were `off`. */
  public isOn(key: string, guildId: string, off = this.isEverythingOff): boolean {
    const flag = this.flags.get(key);
    return flag !== undefined && !off && this.answer(flag, guildId, this.last, false);
  }

  public forGuild(guildId: string | null): GuildView {
    return new CompiledView(this, guildId);
  }

  /** For views: undefined where the flag is unknown, and the caller's default counts. */
  public find(key: string): CompiledFlag | undefined {
    return this.flags.get(key);
  }

  public answerFor(index: number, guildId: string | null, guild: GuildKey): boolean | undefined {
    const flag = this.byIndex[index];
    this.asked[index]!++;
    if (this.isEverythingOff) return false;
    return flag === undefined || flag.kind === isUnknown
      ? undefined
      : this.answer(flag, guildId, guild, false);
  }

  /** Evaluations by flag since the last call. What a view answered from memory counts once between two calls. */
  public takeCounts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { key, index, kind } of this.byIndex) {
      const asked = this.asked[index] ?? 0;
      if (asked > 0 && kind !== isUnknown) counts.set(key, asked);
    }
    this.asked.fill(0);
    // Views ask anew, and are counted anew.
    this.generation++;
    return counts;
  }

  private answer(flag: CompiledFlag, guildId: string | null, guild: GuildKey, fallback: boolean): boolean {
    const { kind } = flag;
    if (kind === isOff) return false;
    if (kind === isOn) return true;
    if (kind === isUnknown) return fallback;
    if (guildId === null) return flag.inDirectMessages;
    if (guild.is(guildId)) return flag.isOnFor(guild);
    if (kind === hangsOnEntries && !flag.entries.mayHave(guildId)) return flag.constant;
    if (!guild.read(guildId)) {
      return decide(withoutSwitches(this.world()), flag.key, guildId).value;
    }
    return flag.isOnFor(guild);
  }
}

/** Whether everything is off was asked before. */
function withoutSwitches(world: World): World {
  const { flags, guilds, cohorts, offHere } = world;
  return {
    ...{ flags, guilds, cohorts, killSwitch: undefined, servesFlags: true },
    ...(offHere !== undefined && { offHere: { everything: undefined, flags: offHere.flags } }),
  };
}
