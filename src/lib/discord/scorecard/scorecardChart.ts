/** The picture of the scorecard: what every day was like. It says nothing that the text does not. */
import { drawPanels } from '../../chart/drawPanels.js';
import type { Panel } from '../../chart/Panels.js';
import type { DailyPoint, ScorecardReport } from '../../scorecard/ScorecardRoom.js';
import type { DrawnFile } from '../ComponentsMessage.js';
import type { House } from '../House.js';
import { keptPicture } from '../keptPicture.js';

/** undefined where there are no two days to draw, or nothing can be drawn here. */
export async function scorecardChart(
  house: Pick<House, 'logger'>,
  { daily }: Pick<ScorecardReport, 'daily'>,
): Promise<DrawnFile | undefined> {
  if (daily.errors.length < 2) return undefined;
  const percent = (points: readonly DailyPoint[]): Panel['points'] =>
    points.map(([day, value]) => [day, value === null ? null : value * 100]);
  const panels: readonly Panel[] = [
    { title: 'Errors, % of commands', points: percent(daily.errors) },
    { title: 'Response time, ms (95th percentile)', points: daily.responseTimes },
    { title: 'Memory a process, MiB', points: daily.memory },
    { title: 'State store, ms (median)', points: daily.store },
  ];
  const data = await keptPicture(house, 'scorecard', panels, drawPanels);
  if (data === undefined) return undefined;
  const description = 'Errors, response times, memory and the state store, day by day over the last 30 days.';
  return { name: 'scorecard.png', data, description };
}
