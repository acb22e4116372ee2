import type { FlagHandle, GuildView } from '../FlagsRoom.js';
import { GuildKey } from './GuildKey.js';

/** What a view asks: the evaluator. */
export interface AnswerSource {
  /** Grows whenever an answer may have changed. */
  readonly generation: number;
  /** Flags have indices below this. */
  readonly size: number;
  find(key: string): FlagHandle | undefined;
  isEnabled(key: string, guildId: string | null, fallback: boolean): boolean;
  /** Whether a rollout wants to hear of every asking. */
  isUnderRollout(index: number): boolean;
  /** Tells the run under way that it met the flag's rollout. */
  met(index: number, guildId: string | null): void;
  /** Undefined where the flag is unknown. Counts as a use. */
  answerFor(index: number, guildId: string | null, guild: GuildKey): boolean | undefined;
}

const off = 1;
const on = 2;
/** The flag is unknown: the caller's default counts. */
const unknown = 3;
/** Beside the answer: it is under rollout, so that every asking counts. */
const isMet = 4;

/** Keeps the id's numbers and every answer, as long as nothing has changed. */
export class CompiledView implements GuildView {
  /** By a flag's index; 0 = not asked yet. */
  private answers = new Uint8Array(0);
  private generation = -1;
  private readonly guild = new GuildKey();

  public constructor(
    private readonly source: AnswerSource,
    public readonly guildId: string | null,
  ) {}

  public isEnabled(key: string, fallback = false): boolean {
    const flag = this.source.find(key);
    // With everything off, even a flag that nobody knows is off.
    if (flag === undefined) return this.source.isEnabled(key, this.guildId, fallback);
    const answer = this.answer(flag.index);
    return answer === unknown ? fallback : answer === on;
  }

  public isOn(handle: FlagHandle): boolean {
    return this.answer(handle.index) === on;
  }

  private answer(index: number): number {
    if (this.generation === this.source.generation) {
      const known = this.answers[index];
      if (known !== undefined && known !== 0) return known < isMet ? known : this.meet(index, known);
    }
    const asked = this.ask(index);
    return asked < isMet ? asked : this.meet(index, asked);
  }

  private ask(index: number): number {
    if (this.generation !== this.source.generation || index >= this.answers.length) {
      this.answers = new Uint8Array(this.source.size);
      this.generation = this.source.generation;
    }
    const isOn = this.source.answerFor(index, this.guildId, this.guild);
    const answer = isOn === undefined ? unknown : isOn ? on : off;
    const kept = this.source.isUnderRollout(index) ? answer + isMet : answer;
    this.answers[index] = kept;
    return kept;
  }

  private meet(index: number, kept: number): number {
    this.source.met(index, this.guildId);
    return kept - isMet;
  }
}
