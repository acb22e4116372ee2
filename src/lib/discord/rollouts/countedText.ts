/** What a guard counted, with and without the feature, in sentences that need no other page. */
import type { CardField } from '../../alerts/Card.js';
import type { ArmCounts, Tick } from '../../health/judging/ticks.js';
import type { GuardStatus } from '../../rollouts/RolloutStatus.js';

/** Sums over `ticks` quarter hours in which both sides were active. */
export interface Counted extends Tick {
  readonly ticks: number;
}

export function countedText(metric: GuardStatus['metric'], { canary, control, ticks }: Counted): string {
  const over = `Over ${ticks.toLocaleString('en-US')} quarter ${ticks === 1 ? 'hour' : 'hours'}`;
  switch (metric) {
    case 'errors':
      return `${over}, with it: ${usual(canary, 'a guild had errors')}. Without it: ${usual(control)}.`;
    case 'latency':
      return `${over}, with it: ${usual(canary, 'a guild was slow')}. Without it: ${usual(control)}.`;
    case 'satisfaction':
      return `With it: ${starsText(canary)}. Without it: ${starsText(control)}.`;
  }
}

/** The ratio and where it surely lies, both against those without the feature. */
export function rangeText({ ratio, atLeast, below }: GuardStatus): string {
  const measured =
    ratio === null ? 'Nothing to compare with yet' : `So ${ratio.toFixed(2)}× as often as without it`;
  if (below !== null) return `${measured}; surely between ${atLeast.toFixed(2)}× and ${below.toFixed(2)}×.`;
  return `${measured}; ${atLeast > 0 ? `surely above ${atLeast.toFixed(2)}×, ` : ''}how much at most is not known yet.`;
}

export const howCounted: CardField = {
  name: 'How this is counted',
  value:
    'Errors: each guild counts once a quarter hour, if any of its commands ended in an unexpected error. Slowness: it counts by the share of its commands that were ' +
    'slower than nine of ten used to be. Usual is what these guilds did in the week before the rollout. Guilds that were chosen, or joined by themselves, are not compared.',
};

function usual({ bad, exposure }: ArmCounts, what = ''): string {
  const times = figure(bad) === '1' ? 'time' : 'times';
  return `${figure(bad)}${what === '' ? '' : ` ${times} ${what}`}, where ${figure(exposure)} would be usual`;
}

/** A rating is bad by how far it lies below five stars: 1 for one star, 0 for five. */
function starsText({ bad, exposure }: ArmCounts): string {
  if (exposure === 0) return 'no rating';
  const stars = (5 - (4 * bad) / exposure).toFixed(1);
  return `${stars} stars on average of ${figure(exposure)} ${exposure === 1 ? 'rating' : 'ratings'}`;
}

/** Three digits are enough to check a sum by. */
export function figure(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}
