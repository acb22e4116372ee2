/** Makes what people are shown from this process's copy of the documents, and keeps what is dear to calculate. */
import type { Clock } from '../../core/Clock.js';
import type { FlagsService } from '../../flags/FlagsService.js';
import { lnLimit } from '../../health/judging/eProcess.js';
import type { RiskRatioInterval } from '../../health/judging/riskRatio.js';
import { isComparable, type Tick } from '../../health/judging/ticks.js';
import { unitMs } from '../../health/judging/units.js';
import type { HealthRecords } from '../../health/recording/HealthRecords.js';
import type { RolloutDocument } from '../documents.js';
import { guardId, intervalOver, ticksOf } from '../judging/guards.js';
import type { PlanGuard } from '../plans/Plan.js';
import type { RatioChart, RolloutExplanation, RolloutStatus } from '../RolloutStatus.js';
import type { RolloutsReplica } from '../RolloutsReplica.js';
import { statusOf } from './statusOf.js';

export interface ShowingOptions {
  readonly flags: FlagsService;
  readonly replica: RolloutsReplica;
  readonly records: HealthRecords;
  readonly clock: Clock;
  /** Judged time as of now. */
  readonly judgedMs: () => number;
  /** What the environment imposes, in words. */
  readonly overrides: readonly string[];
}

/** Each interval is a search through all ticks until then. */
const mostPoints = 60;
const mostGuilds = 10;
const dayUnits = 96;

export class Showing {
  /** By rollout; good for as many ticks as it was made from. */
  private readonly intervals = new Map<
    string,
    { readonly ticks: number; readonly of: Map<string, RiskRatioInterval | null> }
  >();

  public constructor(private readonly options: ShowingOptions) {}

  public status(document: RolloutDocument): RolloutStatus {
    const { flags, replica, clock, judgedMs, overrides } = this.options;
    const flag = flags.world.flags.get(document.flag);
    const overview = flag === undefined ? undefined : flags.overview(document.flag);
    return statusOf(document, {
      now: clock.now(),
      judgedMs: judgedMs(),
      evidence: replica.evidence.get(document.id),
      intervalOf: (metric) => this.interval(document, metric),
      guilds: overview?.guildsOn ?? 0,
      members: overview?.membersOn ?? 0,
      outOf: overview?.outOf ?? flags.directory.all.length,
      overrides,
    });
  }

  public chart(document: RolloutDocument): RatioChart {
    const { replica } = this.options;
    const all = replica.ticksOf(document.id);
    const startsAt = replica.evidence.get(document.id)?.startsAt ?? [];
    const ticks = ticksOf('errors', all);
    const every = Math.max(1, Math.ceil(ticks.length / mostPoints));
    const points = all.flatMap(({ unit }, index) => {
      const isLast = index === all.length - 1;
      if (!isLast && (index + 1) % every !== 0) return [];
      const interval = intervalOver(ticks.slice(0, index + 1), startsAt);
      return interval === null ? [] : [{ at: (unit + 1) * unitMs, ...interval }];
    });
    const { plan, stepsBegan } = document;
    const margins = plan.guards.filter(({ metric, action }) => metric === 'errors' && action === 'rollback');
    return {
      points,
      phases: stepsBegan.map((at, step) => ({ at, name: plan.steps[step]?.name ?? '' })),
      limit: Math.max(1, ...margins.map(({ margin }) => margin)),
    };
  }

  public async explain(document: RolloutDocument): Promise<RolloutExplanation> {
    const { replica } = this.options;
    const status = this.status(document);
    const evidence = replica.evidence.get(document.id);
    const all = replica.ticksOf(document.id);
    const guards = document.plan.guards.map((guard, index) => {
      const ticks = ticksOf(guard.metric, all).filter(isComparable);
      const lnE = evidence?.guards[guardId(guard)]?.peakLnE ?? 0;
      return {
        guard: status.guards[index]!,
        canary: sum(ticks, 'canary'),
        control: sum(ticks, 'control'),
        ticks: ticks.length,
        lnE,
        lnLimit: lnLimit(guard.alpha),
        oneIn: Math.max(1, Math.min(1_000_000, Math.floor(Math.exp(lnE)))),
      };
    });
    return {
      status,
      sentences: status.verdict?.sentences ?? [],
      guards,
      guilds: await this.heaviest(document),
      chart: this.chart(document),
    };
  }

  private interval(document: RolloutDocument, metric: PlanGuard['metric']): RiskRatioInterval | null {
    const { replica } = this.options;
    let kept = this.intervals.get(document.id);
    if (kept === undefined || kept.ticks !== document.ticks) {
      kept = { ticks: document.ticks, of: new Map() };
      this.intervals.set(document.id, kept);
    }
    const known = kept.of.get(metric);
    if (known !== undefined) return known;
    const startsAt = replica.evidence.get(document.id)?.startsAt ?? [];
    const interval = intervalOver(ticksOf(metric, replica.ticksOf(document.id)), startsAt);
    kept.of.set(metric, interval);
    return interval;
  }

  /** The guilds of the last day with most failures, then most runs. */
  private async heaviest(document: RolloutDocument): Promise<RolloutExplanation['guilds']> {
    const { records, flags } = this.options;
    const units = document.taken.flatMap(([from, to]) =>
      Array.from({ length: to - from + 1 }, (_, at) => from + at),
    );
    const sums = new Map<string, { id: string; arm: 'canary' | 'control'; runs: number; failures: number }>();
    for (const unit of units.slice(-dayUnits)) {
      for (const { guild, arm, runs, failures } of await records.units(document.id, unit)) {
        const known = sums.get(`${guild} ${arm}`) ?? { id: guild, arm, runs: 0, failures: 0 };
        sums.set(`${guild} ${arm}`, {
          ...known,
          runs: known.runs + runs,
          failures: known.failures + failures,
        });
      }
    }
    return [...sums.values()]
      .sort((a, b) => b.failures - a.failures || b.runs - a.runs)
      .slice(0, mostGuilds)
      .map((guild) => ({ ...guild, name: flags.directory.known(guild.id)?.name ?? `guild ${guild.id}` }));
  }
}

function sum(ticks: readonly Tick[], arm: 'canary' | 'control'): { bad: number; exposure: number } {
  return {
    bad: ticks.reduce((total, tick) => total + tick[arm].bad, 0),
    exposure: ticks.reduce((total, tick) => total + tick[arm].exposure, 0),
  };
}
