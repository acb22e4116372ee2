/** The picture of the scorecard: what every day was like. It says nothing that the text does not. */
import { drawPanels } from '../../chart/drawPanels.js';
import type { Panel } from '../../chart/Panels.js';
import type { Target } from '../../scorecard/Figure.js';
import type { Daily, ScorecardReport } from '../../scorecard/ScorecardRoom.js';
import { targets } from '../../scorecard/targets.js';
import type { DrawnFile } from '../ComponentsMessage.js';
import type { House } from '../House.js';
import { keptPicture } from '../keptPicture.js';

/** undefined where there are no two days to draw, or nothing can be drawn here. */
export async function scorecardChart(
  house: Pick<House, 'logger'>,
  { daily }: Pick<ScorecardReport, 'daily'>,
): Promise<DrawnFile | undefined> {
  if (daily.errors.points.length < 2) return undefined;
  const data = await keptPicture(house, 'scorecard', scorecardPanels(daily), drawPanels);
  if (data === undefined) return undefined;
  const description =
    'Errors, response times, memory and the state store, day by day over the last 30 days. Dashed: the baseline (grey) and the target (amber).';
  return { name: 'scorecard.png', data, description };
}

/** Each with its baseline and its target, where there is a baseline. */
export function scorecardPanels({ errors, responseTimes, memory, store }: ScorecardReport['daily']): Panel[] {
  return [
    panel('Errors, % of commands', errors, targets.errors, 100),
    panel('Response time, ms (95th percentile)', responseTimes, targets.responseTime),
    panel('Memory a process, MiB', memory, targets.memory),
    panel('State store, ms (median)', store, targets.store),
  ];
}

function panel(title: string, { points, usual }: Daily, { limit }: Target, times = 1): Panel {
  return {
    title,
    points: points.map(([day, value]) => [day, value === null ? null : value * times]),
    ...(usual !== null && { usual: usual * times, limit: usual * (1 + limit) * times }),
  };
}
