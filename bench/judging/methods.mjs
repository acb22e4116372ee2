/** The judge of this package and those it is compared with, each as a running score that alarms at a boundary. */
import { RunningEvidence } from '../../dist/esm/judging.js';

/** Canary commands that the threshold and the z-test wait for, as a plan's phase does. */
const warmUp = 500;

/** Commands so far: canary n1 with x1 bad, control n0 with x0 bad. */
export class Pooled {
  n1 = 0;
  x1 = 0;
  n0 = 0;
  x0 = 0;

  add(n1, x1, n0, x0) {
    this.n1 += n1;
    this.x1 += x1;
    this.n0 += n0;
    this.x0 += x0;
  }
}

/** "Error rate rose by more than 20 %": the ratio of two rates. */
export function thresholdScore({ n1, x1, n0, x0 }) {
  return n1 < warmUp || x0 === 0 ? -Infinity : x1 / n1 / (x0 / n0);
}

/** The one-sided two-sample z-test of proportions, at every look. */
export function zScore({ n1, x1, n0, x0 }) {
  if (n1 < warmUp || x1 + x0 === 0) return -Infinity;
  const rate = (x1 + x0) / (n1 + n0);
  return (x1 / n1 - x0 / n0) / Math.sqrt(rate * (1 - rate) * (1 / n1 + 1 / n0));
}

/**
 * GrowthBook's sequential test as its documentation gives it: the one-sided asymptotic confidence sequence for the relative
 * lift (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, arXiv 2103.06476), with N* = 5,000 and the delta method. The lower limit
 * lies above 0 where the score, ln of an asymptotic e-value, reaches ln(1/alpha).
 *
 * @param mean1 and variance1 of the canary's mean; likewise for the control.
 * @param margin 1 + the lift that the lower limit must exceed.
 */
export function growthBookScore(mean1, variance1, mean0, variance0, units, alpha, margin = 1) {
  if (!(mean0 > 0) || mean1 <= margin * mean0) return -Infinity;
  const lift = mean1 / mean0 - margin;
  const variance = variance1 / mean0 ** 2 + (variance0 * mean1 ** 2) / mean0 ** 4;
  if (!(variance > 0)) return -Infinity;
  const lnAlpha = Math.log(2 * alpha);
  const rho2 = (-2 * lnAlpha + Math.log(-2 * lnAlpha + 1)) / 5_000;
  const spread = units * rho2 + 1;
  const squared = ((lift * lift) / variance) * ((units * rho2) / (2 * spread));
  // ln(2 (e^squared - 1) / sqrt(spread)), without overflow.
  const lnExpm1 = squared > 30 ? squared : Math.log(Math.expm1(squared));
  return Math.LN2 + lnExpm1 - 0.5 * Math.log(spread);
}

/** GrowthBook with every command as a unit: right where commands are independent. */
export function growthBookPerCommand({ n1, x1, n0, x0 }, alpha) {
  if (n1 < 2 || n0 < 2 || x1 === 0 || x0 === 0) return -Infinity;
  const p1 = x1 / n1;
  const p0 = x0 / n0;
  return growthBookScore(p1, (p1 * (1 - p1)) / (n1 - 1), p0, (p0 * (1 - p0)) / (n0 - 1), n1 + n0, alpha);
}

/** This package: ln E_total, with a new process every six hours; or one process only, and its ln E. */
export class Judge {
  constructor(margin, { isOneStart = false, views = 1 } = {}) {
    this.evidence = new RunningEvidence(margin, views, 120);
    this.startEveryHours = isOneStart ? Infinity : 6;
    this.isOneStart = isOneStart;
    this.nextStart = 0;
  }

  /** The score after ticks that began at `hour`. */
  take(hour, ticks) {
    if (hour >= this.nextStart - 1e-9) {
      this.evidence.begin();
      this.nextStart += this.startEveryHours;
    }
    this.evidence.add(ticks);
    const lnTotal = this.evidence.lnTotal();
    // With one start E_total = E / 2 + 1 / 2.
    return this.isOneStart ? Math.log(Math.max(Number.MIN_VALUE, 2 * Math.exp(lnTotal) - 1)) : lnTotal;
  }
}

/** The largest score so far, and when each boundary was first reached. */
export class Watch {
  peak = -Infinity;

  constructor(boundaries = []) {
    this.boundaries = boundaries;
    this.reachedAt = boundaries.map(() => Infinity);
  }

  see(score, at) {
    if (score <= this.peak) return;
    this.peak = score;
    this.boundaries.forEach((boundary, i) => {
      if (score >= boundary && this.reachedAt[i] === Infinity) this.reachedAt[i] = at;
    });
  }

  get isDone() {
    return this.reachedAt.every((at) => at < Infinity);
  }
}
