/** One flag, made ready for asking: what can be decided when it is written is not decided again at every question. */
import type { FlagDocument } from '../documents.js';
import type { FlagHandle } from '../FlagsRoom.js';
import { threshold } from '../position.js';
import { offBits, onBits } from './entryBits.js';
import type { GuildTable } from './GuildTable.js';
import { type GuildKey, Prefix } from './GuildKey.js';

/** Unknown or archived. */
export const isUnknown = 0;
export const isOff = 1;
export const isOn = 2;
/** The same for everyone, except where the guild has an entry. */
export const hangsOnEntries = 3;
/** The percentage, except where the guild has an entry. */
const hangsOnPosition = 4;
/** All rules, one after the other. */
const hangsOnRules = 5;
/** What is known of a flag without looking at the guild. Numbers, in this order, because they are compared. */
export type Kind =
  | typeof isUnknown
  | typeof isOff
  | typeof isOn
  | typeof hangsOnEntries
  | typeof hangsOnPosition
  | typeof hangsOnRules;

/** Above every position. */
const everyone = 2 ** 32;

export class CompiledFlag implements FlagHandle {
  public kind: Kind = isUnknown;
  public inDirectMessages = false;
  /** The rollout that it is under. */
  public rollout: string | null = null;
  /** Itself and the flags that it requires, as far as they are under rollout; null = none. */
  public underRollout: readonly CompiledFlag[] | null = null;
  /** Flags that require this one. */
  public readonly dependants = new Set<CompiledFlag>();
  public requires: readonly CompiledFlag[] = [];
  /** For `hangsOnEntries`: what it is where there is no entry. */
  public constant = false;
  private prefix = new Prefix('');
  private threshold = 0;
  private ceiling = everyone;
  private hasCeiling = false;
  /** Off in this process alone, whatever its document says. */
  private isOffHere = false;
  private offBits = 0;
  private onBits = 0;
  private denying: readonly GuildTable[] = [];
  private allowing: readonly GuildTable[] = [];
  /** Prerequisites that are not on for everyone. */
  private undecided: readonly CompiledFlag[] = [];

  public constructor(
    public readonly key: string,
    public readonly index: number,
    public readonly entries: GuildTable,
  ) {}

  /** @param cohort finds a cohort's table, whether or not there is such a cohort yet */
  public settings(
    flag: FlagDocument | undefined,
    requires: readonly CompiledFlag[],
    cohort: (name: string) => GuildTable,
  ): void {
    for (const required of this.requires) required.dependants.delete(this);
    this.requires = requires;
    for (const required of this.requires) required.dependants.add(this);
    this.rollout = flag?.archived === null ? (flag.rollout?.id ?? null) : null;
    if (flag === undefined) return;
    const cohorts = Object.entries(flag.cohorts);
    this.prefix = new Prefix(flag.seed ?? flag.key);
    this.threshold = threshold(flag.basisPoints);
    this.ceiling = flag.ceiling ?? everyone;
    this.hasCeiling = flag.ceiling !== null;
    this.offBits = offBits(flag);
    this.onBits = onBits(flag);
    this.denying = cohorts.flatMap(([name, { override }]) => (override === 'deny' ? [cohort(name)] : []));
    this.allowing = cohorts.flatMap(([name, { override }]) => (override === 'allow' ? [cohort(name)] : []));
  }

  /** Decides what can be decided now; true where that changed what dependants see. */
  public classify(flag: FlagDocument | undefined, isOffHere = false): boolean {
    const { kind, inDirectMessages } = this;
    this.isOffHere = isOffHere;
    this.kind = this.kindOf(flag);
    this.undecided = this.requires.filter((required) => required.kind !== isOn);
    this.inDirectMessages =
      this.kind >= isOn &&
      this.threshold === everyone &&
      !this.hasCeiling &&
      this.requires.every((required) => required.inDirectMessages);
    return kind !== this.kind || inDirectMessages !== this.inDirectMessages;
  }

  /** For flags that hang on something. */
  public isOnFor(guild: GuildKey): boolean {
    if (this.kind === hangsOnRules) return this.byRules(guild);
    if (this.kind < hangsOnEntries) return this.kind === isOn;
    const bits = this.entries.bits(guild);
    if (bits !== 0) {
      if ((bits & this.offBits) !== 0) return false;
      if ((bits & this.onBits) !== 0) return true;
    }
    return this.kind === hangsOnEntries ? this.constant : guild.position(this.prefix) < this.threshold;
  }

  private byRules(guild: GuildKey): boolean {
    for (const required of this.undecided) if (!required.isOnFor(guild)) return false;
    if (this.ceiling !== everyone && guild.position(this.prefix) >= this.ceiling) return false;
    const bits = this.entries.bits(guild);
    if ((bits & this.offBits) !== 0) return false;
    for (const cohort of this.denying) if (cohort.bits(guild) !== 0) return false;
    if ((bits & this.onBits) !== 0) return true;
    for (const cohort of this.allowing) if (cohort.bits(guild) !== 0) return true;
    if (this.threshold === 0) return false;
    return guild.position(this.prefix) < this.threshold;
  }

  private kindOf(flag: FlagDocument | undefined): Kind {
    if (flag === undefined || flag.archived !== null) return isUnknown;
    if (!flag.enabled || flag.killed !== null || this.isOffHere) return isOff;
    if (this.requires.some(({ kind }) => kind <= isOff) || this.isInCircle()) return isOff;
    const isPlain =
      this.requires.every(({ kind }) => kind === isOn) &&
      flag.ceiling === null &&
      this.denying.length + this.allowing.length === 0;
    if (!isPlain) return hangsOnRules;
    if (this.threshold !== 0 && this.threshold !== everyone) return hangsOnPosition;
    this.constant = this.threshold === everyone;
    if (this.entries.size > 0) return hangsOnEntries;
    return this.constant ? isOn : isOff;
  }

  /** Only damaged state has circles; they are off rather than endless. */
  private isInCircle(): boolean {
    const found = new Set(this.requires);
    for (const flag of found) for (const required of flag.requires) found.add(required);
    return found.has(this);
  }
}
