import { unitMs } from '../judging/units.js';

/** Number of the 15-minute unit that a domain time (ms since epoch) lies in. */
export function unitOf(at: number): number {
  return Math.floor(at / unitMs);
}

/** When the unit began, domain ms since epoch; `unitStart(unit + 1)` is its end. */
export function unitStart(unit: number): number {
  return unit * unitMs;
}
