/** The picture of the scorecard: what every day was like. It says nothing that the text does not. */
import { drawPanels } from '../../chart/drawPanels.js';
import { ChartUnavailable } from '../../chart/errors.js';
import type { Panel } from '../../chart/Panels.js';
import type { DailyPoint, ScorecardReport } from '../../scorecard/ScorecardRoom.js';
import type { DrawnFile } from '../ComponentsMessage.js';
import type { House } from '../House.js';

/** undefined where there are no two days to draw, or nothing can be drawn here. */
export async function scorecardChart(
  house: Pick<House, 'logger'>,
  { daily }: Pick<ScorecardReport, 'daily'>,
): Promise<DrawnFile | undefined> {
  if (daily.errors.length < 2) return undefined;
  const percent = (points: readonly DailyPoint[]): Panel['points'] =>
    points.map(([day, value]) => [day, value === null ? null : value * 100]);
  try {
    const data = await drawPanels([
      { title: 'Errors, % of commands', points: percent(daily.errors) },
      { title: 'Response time, ms (95th percentile)', points: daily.responseTimes },
      { title: 'Memory a process, MiB', points: daily.memory },
      { title: 'State store, ms (median)', points: daily.store },
    ]);
    const description =
      'Errors, response times, memory and the state store, day by day over the last 30 days.';
    return { name: 'scorecard.png', data, description };
  } catch (error) {
    if (!(error instanceof ChartUnavailable)) throw error;
    house.logger.debug(error.message, error);
    return undefined;
  }
}
