/** Errors since the deployment against what each guild's own last week lets one expect: the proof where there is no control. */
import { riskRatioInterval, type RiskRatioInterval } from '../../health/judging/riskRatio.js';
import { unitMs } from '../../health/judging/units.js';
import type { Baseline, HealthRecords } from '../../health/recording/HealthRecords.js';
import type { DeploymentDocument } from '../documents.js';
import { baselineOf } from './baselineOf.js';

/** As for a rollout's errors (judging.md). */
const alpha = 0.006;
/** So large that what is expected counts as known: the interval is then that of what was seen alone. */
const known = 1e9;
/** Of several deployments; a look makes four an hour. */
const mostKept = 64;

interface Seen {
  /** Guilds in whose quarter hour anything failed. */
  readonly bad: number;
  /** How many of them one expects. */
  readonly exposure: number;
}

export class OwnPast {
  /** Quarter hours that are over never change, and are read once. */
  private readonly whole = new Map<string, Seen>();

  public constructor(private readonly records: Pick<HealthRecords, 'baseline' | 'baseUnits'>) {}

  /**
   * The unit in which it was deployed belongs to neither side. One that is not over can only hold too few errors, so that it
   * never alarms falsely. Null where nothing is known. Throws Unavailable
   *
   * @param since when it was deployed @param settled up to when everything can be read; both domain time
   */
  public async compare(
    document: DeploymentDocument,
    since: number,
    settled: number,
  ): Promise<RiskRatioInterval | null> {
    const baseline = await this.records.baseline(baselineOf(document));
    if (baseline === undefined || baseline.units === 0) return null;
    const [first, end] = [Math.ceil(since / unitMs), Math.ceil(settled / unitMs)];
    let bad = 0;
    let exposure = 0;
    for (let unit = first; unit < end; unit++) {
      const isOver = (unit + 1) * unitMs <= settled;
      const seen = await this.unit(document.id, unit, isOver, baseline);
      bad += seen.bad;
      exposure += seen.exposure;
    }
    if (exposure === 0) return null;
    const tick = { canary: { bad, exposure }, control: { bad: known, exposure: known } };
    return riskRatioInterval([tick], { alpha });
  }

  private async unit(id: string, unit: number, isOver: boolean, baseline: Baseline): Promise<Seen> {
    const key = `${id}.${unit}`;
    const kept = this.whole.get(key);
    if (kept !== undefined) return kept;
    let bad = 0;
    let exposure = 0;
    for (const { guilds } of await this.records.baseUnits(unit, unit)) {
      for (const { guild, runs, failures } of guilds) {
        if (runs === 0) continue;
        if (failures > 0) bad += 1;
        exposure += baseline.errorOffset(baseline.rowOf(guild));
      }
    }
    if (isOver) this.keep(key, { bad, exposure });
    return { bad, exposure };
  }

  private keep(key: string, seen: Seen): void {
    this.whole.set(key, seen);
    const [oldest] = this.whole.keys();
    if (this.whole.size > mostKept && oldest !== undefined) this.whole.delete(oldest);
  }
}
