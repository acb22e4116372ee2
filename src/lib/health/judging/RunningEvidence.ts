/** The e-processes of one comparison in memory: ticks in, ln E_total out; flat arrays, so that replays of whole rollouts are fast. */
import { bets, lnFactor } from './eProcess.js';
import { lnWeight } from './starts.js';
import type { Tick } from './ticks.js';

/** A term this far below the largest is lost in a double's rounding, whatever its thousand neighbours. */
const lnNegligible = -45;

/** One begun process: its place in the sequence of starts (1 = the first) and one running sum a view and bet. */
export interface StartedProcess {
  readonly nth: number;
  readonly sums: readonly number[];
}

/**
 * Adds every tick to all begun processes. A tick may come as several views of the same units (latency: one a cut); their
 * e-processes are averaged, which is an e-process again whatever their dependence (Vovk, Wang, Ann. Stat. 2021).
 */
export class RunningEvidence {
  private readonly width: number;
  private readonly nths: number[] = [];
  private readonly lnWeights: number[] = [];
  private sums = new Float64Array(0);
  private readonly factors: Float64Array;
  private begun = 0;
  /** No term of ln E_total is larger than this; all but the one that stands for processes not yet begun. */
  private largest = -Infinity;

  public constructor(
    public readonly margin: number,
    public readonly views: number,
    /** More begun processes than this are not kept: the one that speaks least is dropped (see {@link begin}). */
    private readonly maxLive: number,
  ) {
    this.width = views * bets.length;
    this.factors = new Float64Array(this.width);
  }

  public static restore(
    { margin, views, begun }: { margin: number; views: number; begun: number },
    live: readonly StartedProcess[],
    maxLive: number,
  ): RunningEvidence {
    const evidence = new RunningEvidence(margin, views, maxLive);
    evidence.begun = begun;
    for (const { nth, sums } of live) evidence.keep(nth, sums);
    return evidence;
  }

  /** How many processes have begun, dropped ones included. */
  public get startsBegun(): number {
    return this.begun;
  }

  /**
   * Begins one more process, worth 1. Dropping another counts its evidence as 0 from now on: E_total can only become
   * smaller by that, so that the bound on false alarms holds.
   */
  public begin(): void {
    if (this.nths.length >= this.maxLive) this.dropWeakest();
    this.begun += 1;
    this.keep(this.begun, new Array<number>(this.width).fill(0));
  }

  /** Adds one tick, seen through each view; the ticks must have been checked before. */
  public add(views: readonly Tick[]): void {
    const { width, factors, sums } = this;
    let at = 0;
    for (const tick of views) for (const bet of bets) factors[at++] = lnFactor(tick, this.margin, bet);
    let largest = -Infinity;
    for (let j = 0, start = 0; j < this.nths.length; j++, start += width) {
      let most = -Infinity;
      for (let i = 0; i < width; i++) {
        const sum = sums[start + i]! + factors[i]!;
        sums[start + i] = sum;
        if (sum > most) most = sum;
      }
      const term = most + this.lnWeights[j]!;
      if (term > largest) largest = term;
    }
    this.largest = largest;
  }

  /** ln E_total as it stands. */
  public lnTotal(): number {
    const { width, sums, lnWeights } = this;
    const notBegun = -Math.log(this.begun + 1);
    // As logSumExp, but without an array of all terms: this runs once a tick in replays of thousands of rollouts.
    let max = notBegun;
    for (let j = 0, at = 0; j < lnWeights.length; j++) {
      const lnWeight = lnWeights[j]!;
      for (let i = 0; i < width; i++, at++) {
        const term = sums[at]! + lnWeight;
        if (term > max) max = term;
      }
    }
    let total = Math.exp(notBegun - max);
    for (let j = 0, at = 0; j < lnWeights.length; j++) {
      const lnWeight = lnWeights[j]! - max;
      for (let i = 0; i < width; i++, at++) {
        const term = sums[at]! + lnWeight;
        if (term > lnNegligible) total += Math.exp(term);
      }
    }
    return max + Math.log(total);
  }

  /**
   * Whether ln E_total is at least `lnLimit`: the same as comparing {@link lnTotal}, and far quicker where it is not. A sum of n
   * terms is at most n times the largest.
   */
  public reaches(lnLimit: number): boolean {
    const atMost = Math.max(this.largest, -Math.log(this.begun + 1)) + Math.log(this.sums.length + 1);
    return atMost >= lnLimit && this.lnTotal() >= lnLimit;
  }

  public live(): StartedProcess[] {
    return this.nths.map((nth, i) => ({
      nth,
      sums: [...this.sums.subarray(i * this.width, (i + 1) * this.width)],
    }));
  }

  private keep(nth: number, sums: readonly number[]): void {
    const at = this.nths.length * this.width;
    if (this.sums.length < at + this.width) {
      const grown = new Float64Array(Math.max(2 * this.sums.length, at + 8 * this.width));
      grown.set(this.sums);
      this.sums = grown;
    }
    this.sums.set(sums, at);
    this.nths.push(nth);
    this.lnWeights.push(lnWeight(nth) - Math.log(this.width));
    this.largest = Math.max(this.largest, Math.max(...sums) + this.lnWeights.at(-1)!);
  }

  private dropWeakest(): void {
    const strength = this.nths.map((_, j) =>
      this.sums
        .subarray(j * this.width, (j + 1) * this.width)
        .reduce((most, sum) => Math.max(most, sum), -Infinity),
    );
    const weakest = strength.indexOf(Math.min(...strength));
    this.sums.copyWithin(weakest * this.width, (weakest + 1) * this.width);
    this.nths.splice(weakest, 1);
    this.lnWeights.splice(weakest, 1);
  }
}
