import { drawingTools } from './drawingTools.js';
import type { Panel } from './Panels.js';
import { panelsOption, panelsSize } from './panelsOption.js';

/** Pixels of the picture; sharp on a phone's screen, too. */
const zoom = 2;

/**
 * Small charts over time, two in a row, as a PNG of 1520 pixels' width on a dark ground: the line, its limit (amber) and what is
 * usual (grey). The same points draw the same picture. Times are in UTC.
 *
 * @throws ChartUnavailable where the drawing libraries do not load on this machine.
 */
export async function drawPanels(panels: readonly Panel[]): Promise<Buffer> {
  const tools = await drawingTools();
  return tools.toPng(tools.toSvg(panelsOption(panels), panelsSize(panels)), zoom);
}
