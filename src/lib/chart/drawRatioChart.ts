import { drawingTools } from './drawingTools.js';
import { ratioOption, size } from './ratioOption.js';
import type { RatioPoints } from './RatioPoints.js';

/** Pixels of the picture; sharp on a phone's screen, too. */
const zoom = 2;

/**
 * The ratio between the arms over time with its always-valid band, the phases and the limit, as a PNG of 1520 x 760 pixels
 * on a dark ground. The same points draw the same picture. Times are shown in UTC.
 *
 * @throws ChartUnavailable where the drawing libraries do not load on this machine.
 */
export async function drawRatioChart(chart: RatioPoints): Promise<Buffer> {
  const tools = await drawingTools();
  return tools.toPng(tools.toSvg(ratioOption(chart), size), zoom);
}
