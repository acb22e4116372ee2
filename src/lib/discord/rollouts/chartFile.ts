/** The picture on a rollout's card. */
import { drawRatioChart } from '../../chart/drawRatioChart.js';
import type { RolloutStatus } from '../../rollouts/RolloutStatus.js';
import type { DrawnFile } from '../ComponentsMessage.js';
import { shorten } from '../inert.js';
import { keptPicture } from '../keptPicture.js';
import type { RolloutHouse } from './RolloutHouse.js';

/** undefined where there is nothing to draw yet. */
export async function chartFile(house: RolloutHouse, status: RolloutStatus): Promise<DrawnFile | undefined> {
  const chart = await house.rollouts.chart(status.id);
  if (chart.points.length < 2) return undefined;
  const data = await keptPicture(house, status.id, chart, drawRatioChart);
  if (data === undefined) return undefined;
  const verdict = status.verdict?.sentences.join(' ') ?? 'Not judged yet.';
  return {
    name: 'ratio.png',
    data,
    description: shorten(
      `Errors with ${status.flag} compared with errors without it, over time. ${verdict}`,
      1024,
    ),
  };
}
