/**
 * The tick-stratified e-process: how strongly the ticks speak against "the canary's risk is at most psi0 times the control's".
 *
 * H0(psi0): in every tick the canary's risk is at most psi0 times the control's; the control's may drift as it likes.
 * With x1 bad outcomes of exposure A in the canary, x0 of B in the control, and a bet psi > psi0,
 *
 *     ln E(psi) = sum of  x1 ln(psi / psi0) - (x1 + x0) ln((psi A + B) / (psi0 A + B))
 *     E         = mean of exp(ln E(psi)) over six bets
 *
 * Under H0 E is a non-negative supermartingale that starts at 1, so that the chance of E ever reaching 1/alpha is at most
 * alpha, however often one looks and whenever one stops (Ville 1939). Outcomes may be any number in [0, 1]: for such an X of
 * mean m and c > 0, E[c^X] <= 1 + m (c - 1) <= exp(m (c - 1)).
 *
 * Relatives in print: Lindon, Sanden, Shirikian, KDD 2022 (arXiv 2205.14762); Turner, Ly, Grünwald, JSPI 2024
 * (arXiv 2106.02693); Turner, Grünwald, AISTATS 2023 (arXiv 2302.11401); Howard, Ramdas, McAuliffe, Sekhon, Ann. Stat. 2021.
 */
import { assertPositive } from './errors.js';
import { logMeanExp } from './logSumExp.js';
import { assertTick, isComparable, type Tick } from './ticks.js';

/** How much worse than the margin each of the six bets supposes the canary to be: psi / psi0. */
export const bets: readonly number[] = [1.25, 1.5, 2, 3, 5, 10];

/** What one tick adds to ln E(bet * margin). 0 where an arm was not exposed. */
export function lnFactor(tick: Tick, margin: number, bet: number): number {
  if (!isComparable(tick)) return 0;
  const { canary, control } = tick;
  const share = (margin * canary.exposure) / (margin * canary.exposure + control.exposure);
  // log1p: with a tiny canary the quotient is 1 + 1e-12, whose plain logarithm has lost most digits.
  const lnTotal = Math.log1p((bet - 1) * share);
  return canary.bad * (Math.log(bet) - lnTotal) - control.bad * lnTotal;
}

export interface EvidenceOptions {
  /** psi0: how many times the control's risk the canary's may be. 1 = no worse at all, 1.2 = at most 20 % worse. */
  readonly margin: number;
}

/**
 * ln of the evidence against H0(margin) in these ticks, for one e-process that began before the first of them.
 * Reject where it reaches ln(1/alpha). The order of the ticks does not matter.
 *
 * @example
 * lnEvidence([{ canary: { bad: 9, exposure: 180 }, control: { bad: 20, exposure: 1900 } }], { margin: 1.2 });
 * @throws InvalidObservation, InvalidSetting
 */
export function lnEvidence(ticks: readonly Tick[], { margin }: EvidenceOptions): number {
  assertPositive('margin', margin);
  ticks.forEach(assertTick);
  return logMeanExp(bets.map((bet) => ticks.reduce((sum, tick) => sum + lnFactor(tick, margin, bet), 0)));
}

/** ln(1/alpha): what ln E must reach. */
export function lnLimit(alpha: number): number {
  return -Math.log(alpha);
}
