/**
 * What is looked at between two batches: is something so bad that half an hour is too long, and do the guilds recover that it is
 * off for already? Where nothing is known it goes on.
 */
import type { Clock } from '../../core/Clock.js';
import type { World } from '../../flags/world.js';
import type { FeedbackRecords } from '../../health/feedback/FeedbackRecords.js';
import { hasReached, takeIn } from '../../health/judging/evidence.js';
import { type ArmFailures, failureLimit } from '../../health/judging/hardLimits/failures.js';
import type { HardLimit } from '../../health/judging/hardLimits/HardLimit.js';
import { memoryLimit } from '../../health/judging/hardLimits/memory.js';
import { probeLimit } from '../../health/judging/hardLimits/probes.js';
import { reportLimit } from '../../health/judging/hardLimits/userReports.js';
import { comparableUnits, errorTick, type UnitCounts } from '../../health/judging/units.js';
import type {
  BaseCounts,
  Baseline,
  HealthRecords,
  RecentBase,
} from '../../health/recording/HealthRecords.js';
import type { ProcessReport } from '../../health/recording/ProcessReport.js';
import { sentence } from '../../rollouts/showing/sentences.js';
import { recoveryMargin } from '../begin.js';
import type { Descent, RollbackDocument } from '../documents.js';
import { hadItBefore, type HasIt } from '../whoHasIt.js';
import { aboveAll } from './batches.js';

export type RecordsForRollbacks = RecentBase &
  Pick<HealthRecords, 'freeze' | 'baseline' | 'forgetBaseline' | 'settledUntil' | 'processes'>;

export interface WatchOptions {
  readonly records: RecordsForRollbacks;
  readonly feedback: Pick<FeedbackRecords, 'criticalReports'>;
  readonly clock: Clock;
  readonly realTime: Clock;
}

export interface Seen {
  /** Why it must be immediate, one sentence; null = it may go on. */
  readonly why: string | null;
  readonly evidence: Descent['evidence'];
}

/** Domain time, ms. */
const unitMs = 5 * 60_000;
const alpha = 0.01;
/** Our own store is not the host's database. */
const ownProbe = 'state-store';

export class Watch {
  public constructor(private readonly options: WatchOptions) {}

  /** @param position of a guild in the flag's order. Throws Unavailable */
  public async look(
    document: RollbackDocument,
    descent: Descent,
    world: World,
    position: (guildId: string) => number,
  ): Promise<Seen> {
    const hadIt = hadItBefore(world, document);
    const ceiling = descent.batches.at(-1)?.ceiling ?? aboveAll;
    const limit = await this.limit(document, (guild) => hadIt(guild) && position(guild) < ceiling);
    if (limit !== null) {
      return { why: sentence({ code: 'HARD_LIMIT', limit }, 0), evidence: descent.evidence };
    }
    const evidence = await this.takeIn(document, descent, hadIt, position);
    return { evidence, why: hasReached(evidence.state, alpha) ? notRecovering : null };
  }

  /** Its baseline is nobody's any more. */
  public forget(id: string): Promise<void> {
    return this.options.records.forgetBaseline(id);
  }

  private async limit(document: RollbackDocument, hasIt: HasIt): Promise<HardLimit | null> {
    const { records, feedback, clock, realTime } = this.options;
    const [now, realNow] = [clock.now(), realTime.now()];
    const settled = (await records.settledUntil()) ?? now;
    const [rows, processes, reports] = await Promise.all([
      records.baseBetween(settled - unitMs, settled),
      records.processes(),
      document.flag === null ? [] : feedback.criticalReports(document.flag, document.created.at),
    ]);
    return (
      failureLimit(
        failuresOf(rows, hasIt),
        failuresOf(rows, (guild) => !hasIt(guild)),
      ) ??
      memoryLimit(
        processes.map(({ process, memory: samples }) => ({ process, samples })),
        realNow,
        null,
      ) ??
      probes(processes) ??
      reportLimit(reports, now, true)
    );
  }

  /** Every five minutes that are whole, each exactly once: how far it was looked stands in the document. */
  private async takeIn(
    document: RollbackDocument,
    { batches, evidence }: Descent,
    hadIt: HasIt,
    position: (guildId: string) => number,
  ): Promise<Descent['evidence']> {
    const { records, clock } = this.options;
    const settled = Math.min((await records.settledUntil()) ?? 0, clock.now());
    let { state, until } = evidence;
    for (let unit = Math.ceil(until / unitMs); (unit + 1) * unitMs <= settled; unit++) {
      const from = unit * unitMs;
      until = from + unitMs;
      // A guild that lost it within these minutes was both.
      const ceiling = batches.filter(({ at }) => at <= from).at(-1)?.ceiling ?? aboveAll;
      const rows = await records.baseBetween(from, until);
      const units = rows.flatMap((counts): readonly UnitCounts[] => {
        const { guild } = counts;
        const had = hadIt(guild);
        if (had && position(guild) < ceiling) return [];
        return [{ ...counts, arm: had ? 'canary' : 'control', isRandomised: true }];
      });
      const baseline = await this.baseline(document);
      const tick = errorTick(comparableUnits(units), (guild) => baseline.errorOffset(baseline.rowOf(guild)));
      state = takeIn(state, { id: unit, at: from, views: [tick] });
    }
    return { state, until };
  }

  /** As it was before anybody had the feature, where that is known. */
  private async baseline({ id, rollouts, created }: RollbackDocument): Promise<Baseline> {
    const { records } = this.options;
    for (const rollout of rollouts) {
      const frozen = await records.baseline(rollout);
      if (frozen !== undefined) return frozen;
    }
    return records.freeze(id, created.at);
  }
}

const notRecovering = `The guilds that it is off for already still fail more than ${recoveryMargin}x as often as those that never had it: taking it back slowly does not help them.`;

function failuresOf(rows: readonly BaseCounts[], isMeant: HasIt): ArmFailures {
  const meant = rows.filter(({ guild, runs }) => runs > 0 && isMeant(guild));
  return {
    runs: meant.reduce((sum, { runs }) => sum + runs, 0),
    failures: meant.reduce((sum, { failures }) => sum + failures, 0),
    guilds: meant.length,
    failingGuilds: meant.filter(({ failures }) => failures > 0).length,
  };
}

function probes(processes: readonly ProcessReport[]): HardLimit | null {
  const names = new Set(processes.flatMap((report) => Object.keys(report.probes)));
  names.delete(ownProbe);
  const found = [...names].map((name) => {
    const results = processes.flatMap((report) => report.probes[name] ?? []).sort((a, b) => a.at - b.at);
    return probeLimit(name, results, null);
  });
  return found.find((limit) => limit !== null) ?? null;
}
