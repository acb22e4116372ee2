import type { RiskRatioInterval } from '../../health/judging/riskRatio.js';

/** `1.02× (0.81…1.63)`: a ratio and the interval in which it surely lies, however often one looks. */
export function ratioFigure(interval: RiskRatioInterval | null): string {
  if (interval === null) return 'nothing to compare with';
  const { ratio, lower, upper } = interval;
  const figure = ratio === null ? 'nothing to compare with' : `${ratio.toFixed(2)}×`;
  return `${figure} (${lower.toFixed(2)}…${upper === null ? '?' : upper.toFixed(2)})`;
}
