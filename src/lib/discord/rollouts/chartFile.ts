/** The picture on a rollout's card. A card says everything without it, so that one that cannot be drawn costs only itself. */
import { ChartUnavailable } from '../../chart/errors.js';
import { drawRatioChart } from '../../chart/drawRatioChart.js';
import type { RatioChart, RolloutStatus } from '../../rollouts/RolloutStatus.js';
import type { DrawnFile } from '../ComponentsMessage.js';
import { shorten } from '../inert.js';
import type { RolloutHouse } from './RolloutHouse.js';

/** Drawn once for as long as its points stay the same: it is asked for by the card, by `status` and by every button. */
interface Kept {
  readonly drawnFrom: string;
  readonly data: Buffer;
}

const byHouse = new WeakMap<object, Map<string, Kept>>();
/** Rollouts whose pictures are kept. */
const mostKept = 20;

/** undefined where there is nothing to draw yet. */
export async function chartFile(house: RolloutHouse, status: RolloutStatus): Promise<DrawnFile | undefined> {
  const chart = await house.rollouts.chart(status.id);
  if (chart.points.length < 2) return undefined;
  const data = await draw(house, status.id, chart);
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

async function draw(house: RolloutHouse, id: string, chart: RatioChart): Promise<Buffer | undefined> {
  const kept = byHouse.get(house) ?? new Map<string, Kept>();
  byHouse.set(house, kept);
  const drawnFrom = JSON.stringify(chart);
  const known = kept.get(id);
  if (known?.drawnFrom === drawnFrom) return known.data;
  try {
    const data = await drawRatioChart(chart);
    kept.delete(id);
    kept.set(id, { drawnFrom, data });
    for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest);
    return data;
  } catch (error) {
    if (!(error instanceof ChartUnavailable)) throw error;
    house.logger.debug(error.message, error);
    return undefined;
  }
}
