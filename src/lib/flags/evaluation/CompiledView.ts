import type { FlagHandle, GuildView } from '../FlagsRoom.js';
import type { Evaluator } from './Evaluator.js';
import { GuildKey } from './GuildKey.js';

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
    private readonly evaluator: Evaluator,
    public readonly guildId: string | null,
  ) {}

  public isEnabled(key: string, fallback = false): boolean {
    const flag = this.evaluator.find(key);
    // With everything off, even a flag that nobody knows is off.
    if (flag === undefined) return this.evaluator.isEnabled(key, this.guildId, fallback);
    const answer = this.answer(flag.index);
    return answer === unknown ? fallback : answer === on;
  }

  public isOn(handle: FlagHandle): boolean {
    return this.answer(handle.index) === on;
  }

  private answer(index: number): number {
    this.evaluator.asked[index]!++;
    if (this.generation === this.evaluator.generation) {
      const known = this.answers[index];
      if (known !== undefined && known !== 0) return known < isMet ? known : this.meet(index, known);
    }
    const asked = this.ask(index);
    return asked < isMet ? asked : this.meet(index, asked);
  }

  private ask(index: number): number {
    if (this.generation !== this.evaluator.generation || index >= this.answers.length) {
      this.answers = new Uint8Array(this.evaluator.size);
      this.generation = this.evaluator.generation;
    }
    const isOn = this.evaluator.answerFor(index, this.guildId, this.guild);
    const answer = isOn === undefined ? unknown : isOn ? on : off;
    const kept = this.evaluator.isUnderRollout(index) ? answer + isMet : answer;
    this.answers[index] = kept;
    return kept;
  }

  private meet(index: number, kept: number): number {
    this.evaluator.met(index, this.guildId);
    return kept - isMet;
  }
}
