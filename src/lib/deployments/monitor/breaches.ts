/** Which readings are news: a breach is told, and acted upon, once for as long as it lasts. */
import { followUp, type FollowUp } from '../risk/followUp.js';
import type { RiskPolicy } from '../risk/RiskPolicy.js';
import type { Breach, MonitorReading, RiskLevel, RiskTrigger } from '../documents.js';
import { riskLevels } from '../documents.js';
import type { Glance } from './Glance.js';
import type { MonitorSettings } from './Settings.js';

export interface Looked {
  readonly glance: Glance;
  readonly reading: MonitorReading;
  readonly before: MonitorReading | undefined;
}

export interface FoundBreach {
  readonly breach: Breach;
  readonly followUp: FollowUp;
}

/** Where a hard limit comes and goes, people hear of it this often at most; domain time, ms. */
const againMs = 10 * 60_000;

export function breachesIn(
  looked: readonly Looked[],
  known: readonly Breach[],
  policy: RiskPolicy,
  settings: Pick<MonitorSettings, 'inARow'>,
  { now, underWay }: { readonly now: number; readonly underWay: readonly string[] },
): readonly FoundBreach[] {
  const found: FoundBreach[] = [];
  for (const { glance, reading, before } of looked) {
    if (!isNews(glance, reading, settings)) continue;
    const { trigger, check, sentence } = glance;
    const follow = followUp(policy, trigger, { proven: glance.flags, underWay });
    if (!isWorse(trigger, follow.level, check, known, before, now)) continue;
    const breach: Breach = {
      ...{ n: known.length + found.length + 1, check, trigger, level: follow.level, flags: follow.flags },
      ...{ at: now, sentence, action: follow.action, outcome: null },
    };
    found.push({ breach, followUp: follow });
  }
  return found;
}

/** Silence for long enough is one, too: what is not measured is never taken for healthy. */
function isNews(
  { trigger }: Glance,
  reading: MonitorReading,
  { inARow }: Pick<MonitorSettings, 'inARow'>,
): boolean {
  if (trigger === 'no-telemetry') return reading.inARow === inARow;
  return reading.verdict === 'breach';
}

/** A breach that lasts is told again only where another, graver level is reached; one that ended, not within ten minutes. */
function isWorse(
  trigger: RiskTrigger,
  level: RiskLevel,
  check: Breach['check'],
  known: readonly Breach[],
  before: MonitorReading | undefined,
  now: number,
): boolean {
  const same = known.filter((one) => one.check === check);
  const last = same.at(-1);
  if (last === undefined) return true;
  if (riskLevels.indexOf(level) < Math.min(...same.map((one) => riskLevels.indexOf(one.level)))) return true;
  const isOver = before?.verdict !== 'breach';
  const latest = same.findLast((one) => one.trigger === trigger);
  return isOver && (latest === undefined || now >= latest.at + againMs);
}
