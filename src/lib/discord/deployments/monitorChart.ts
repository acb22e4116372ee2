/** The picture of what the monitor saw: errors and response times since it is watched, against what is usual and what is too much. */
import { count } from '../../core/count.js';
import { drawPanels } from '../../chart/drawPanels.js';
import type { Panel } from '../../chart/Panels.js';
import type { DeploymentDocument, MonitorCheckName, MonitorReading } from '../../deployments/documents.js';
import type { DrawnFile } from '../ComponentsMessage.js';
import type { House } from '../House.js';
import { shorten } from '../inert.js';
import { keptPicture } from '../keptPicture.js';
import { checkTitle } from '../../alerts/wording/checkTitle.js';

type Watched = Pick<DeploymentDocument, 'id' | 'version' | 'environment' | 'monitor'>;
type Monitor = NonNullable<Watched['monitor']>;

/** Discord's limit for a picture's description. */
const longestDescription = 1_024;

/** undefined where there are no two looks to draw, or nothing can be drawn here: the text says it then. */
export async function monitorChart(
  house: Pick<House, 'logger'>,
  deployment: Watched,
): Promise<DrawnFile | undefined> {
  const { id, monitor } = deployment;
  if (monitor === null || monitor.series.length < 2) return undefined;
  const data = await keptPicture(house, id, panelsOf(monitor), drawPanels);
  if (data === undefined) return undefined;
  return { name: 'monitor.png', data, description: describe(deployment, monitor) };
}

export function panelsOf({ series, readings }: Monitor): readonly Panel[] {
  const panel = (title: string, check: MonitorCheckName, points: Panel['points'], scale: number): Panel => {
    const { verdict, baseline = null, limit = null } = readings.find((one) => one.check === check) ?? {};
    return {
      ...{ title, points, isBad: verdict === 'breach' },
      ...(baseline !== null && { usual: baseline * scale }),
      ...(limit !== null && { limit: limit * scale }),
    };
  };
  const errors = series.map(([at, rate]) => [at, rate === null ? null : rate * 100] as const);
  const times = series.map(([at, , p95Ms]) => [at, p95Ms] as const);
  return [
    panel('Errors, % of commands', 'error-rates', errors, 100),
    panel('95 % answer within, ms', 'response-times', times, 1),
  ];
}

/** For people who do not see it: the verdict first, then what it draws. */
function describe({ version, environment }: Watched, monitor: Monitor): string {
  const said = `${verdictOf(monitor)} Errors and response times of ${version} in ${environment}, ${count(monitor.looks, 'look')} so far.`;
  return shorten(said, longestDescription);
}

const order: readonly MonitorReading['verdict'][] = ['breach', 'worse', 'unknown'];
const words: Readonly<Record<MonitorReading['verdict'], string>> = {
  breach: 'Breach',
  worse: 'Worse',
  unknown: 'Not known',
  healthy: 'Healthy',
};

/** `All 6 checks are healthy.` or `Breach: Errors. Not known: Memory. Healthy: 4 of 6.` */
export function verdictOf({ readings }: Pick<Monitor, 'readings'>): string {
  const healthy = readings.filter(({ verdict }) => verdict === 'healthy').length;
  if (readings.length > 0 && healthy === readings.length) return `All ${healthy} checks are healthy.`;
  const named = order.flatMap((verdict) => {
    const checks = readings.filter((one) => one.verdict === verdict).map(({ check }) => checkTitle(check));
    return checks.length === 0 ? [] : [`${words[verdict]}: ${checks.join(', ')}.`];
  });
  return [...named, `${words.healthy}: ${healthy} of ${readings.length} checks.`].join(' ');
}
