/** The judge's turn: looks at every rollout that is under way, and writes what it finds. Level-triggered: only documents count. */
import type { Clock } from '../../core/Clock.js';
import type { RandomBytes } from '../../core/ids.js';
import type { FlagsService } from '../../flags/FlagsService.js';
import { everythingOff, freezeAt } from '../../flags/world.js';
import type { FeedbackRecords } from '../../health/feedback/FeedbackRecords.js';
import { decide } from '../../health/judging/decide.js';
import type { Verdict } from '../../health/judging/verdict.js';
import type { HealthRecords } from '../../health/recording/HealthRecords.js';
import { TurnFailures } from '../../state/committing/TurnFailures.js';
import type { Fence, Store } from '../../state/Store.js';
import type { RolloutCommits, Writing } from '../acting/RolloutCommits.js';
import type { Change } from '../change.js';
import { judge, sentencesOf } from '../moment.js';
import type { EvidenceDocument, RolloutDocument, TickSummary } from '../documents.js';
import type { RolloutsReplica } from '../RolloutsReplica.js';
import { isJudged } from '../transitions.js';
import { afterVerdict, tellOfGuards } from './afterVerdict.js';
import { type FailedSmokeTests, findings, type Measured, settingsOf } from './findings.js';
import { beginAfresh, newEvidenceDocument } from './evidenceDocument.js';
import { Forgetting } from './Forgetting.js';
import { Intake } from './Intake.js';
import { inLanes } from './lanes.js';
import { beginTurn, finishTurn, type Turn } from './Turn.js';
import type { Reach } from './Reach.js';
import { Round } from './Round.js';
import { silentSource } from './sources/sourceFindings.js';
import type { SourceReader } from './sources/SourceReader.js';
import type { UnitReader } from './UnitReader.js';
import { withoutJudgement } from './withoutJudgement.js';
import { withVerdict } from './withVerdict.js';
import type { Obstacles } from './Obstacles.js';
import { failureWindowMs } from '../../health/judging/hardLimits/failures.js';

export interface JudgeOptions {
  readonly store: Store;
  readonly flags: FlagsService;
  readonly replica: RolloutsReplica;
  readonly records: HealthRecords;
  readonly feedback: FeedbackRecords;
  readonly commits: RolloutCommits;
  readonly units: UnitReader;
  readonly sources: SourceReader;
  readonly reach: Reach;
  readonly obstacles: Obstacles;
  readonly failedSmokeTests: FailedSmokeTests;
  readonly clock: Clock;
  readonly realTime: Clock;
  readonly random: RandomBytes;
}

const turnMs = 30_000;
/** However fast domain time runs, the store is asked no more often. */
const shortestMs = 1_000;
const flushMs = 6_000;
const reportsMs = 2 * 3_600_000;
/** Rollouts that are looked at together: the store writes their commits to the disk in one go. */
const mostAtOnce = 8;
/** After this no rollout is begun in a turn any more; real time, ms. */
const longestMs = 100;

export class Judge {
  private readonly round = new Round();
  private readonly intake: Intake;
  private readonly forgetting: Forgetting;

  public constructor(private readonly options: JudgeOptions) {
    this.intake = new Intake(options);
    this.forgetting = new Forgetting(options, (id) => this.intake.forget(id));
  }

  /** One look at every rollout, or at as many as there is time for. @returns in how many ms of real time to look again */
  public async turn(fence: Fence): Promise<number> {
    try {
      return await this.judgeAll(fence);
    } finally {
      await this.forgetting.turn(fence);
    }
  }

  /** The next turn looks at these whoever else is due; the caller sees that it comes soon. */
  public lookAt(ids: readonly string[]): void {
    for (const id of ids) this.round.leave(id);
  }

  private async judgeAll(fence: Fence): Promise<number> {
    const { replica, clock, realTime } = this.options;
    const speed = clock.speed ?? 1;
    const again = Math.max(shortestMs, turnMs / speed);
    if (replica.open.length === 0) return turnMs;
    const turn = await beginTurn(this.options, fence, speed);
    const failures = new TurnFailures();
    const open = replica.open.map(({ id }) => id);
    const until = realTime.now() + longestMs;
    await inLanes(this.round.begin(open, turn.moment.realNow, again), mostAtOnce, async (id) => {
      const isBehind = realTime.now() < until ? await failures.apart(() => this.look(id, turn)) : true;
      if (isBehind !== false) this.round.leave(id);
    });
    await finishTurn(this.options, turn);
    failures.end('rollouts');
    return this.round.isOver ? this.round.restMs(realTime.now(), again) : 0;
  }

  /** @returns true where more is to do at once */
  private async look(id: string, turn: Turn): Promise<boolean> {
    const { replica, flags, obstacles } = this.options;
    const { moment } = turn;
    const document = replica.rollouts.get(id);
    if (document === undefined) return false;
    const flag = flags.world.flags.get(document.flag);
    const early = withoutJudgement(document, flag, moment);
    if (early !== null) {
      await this.write(document, early, turn);
      return early.document.state === 'rolling-back';
    }
    if (isJudged(document)) return this.judgeOne(document, turn);
    const baseline = await this.intake.baseline(id, moment.now);
    const evidence = replica.evidence.get(id) ?? newEvidenceDocument(document, baseline.cuts.length);
    const change = await obstacles.orEnterFirst(document, moment);
    if (change.document === document) return false;
    await this.commit(turn, {
      before: document,
      change,
      evidence: replica.evidence.has(id) ? undefined : evidence,
      by: judge,
      // What its starter said stands for the first step, too: it widens in spite of the freeze.
      reason: document.startsInSpiteOf === undefined ? undefined : document.created.reason,
      overridesFreeze: document.startsInSpiteOf !== undefined,
      title: `The rollout of ${document.flag} is ${change.document.state}`,
    });
    return false;
  }

  private async judgeOne(before: RolloutDocument, turn: Turn): Promise<boolean> {
    const { moment, time } = turn;
    const taken = await this.intake.take(before, turn);
    let { document } = taken;
    const measured = await this.measure(document, turn, taken.allTicks);
    const found = findings(document, taken.evidence, measured);
    const verdict = decide(found, settingsOf(document));
    const told = tellOfGuards(document, taken.evidence, moment, measured);
    document = withVerdict(told.document, verdict, moment.now, taken.ticks.length > 0);
    if (time.gap !== null && time.gap.n > document.gapsSeen) document = { ...document, gapsSeen: time.gap.n };
    const judged = document;
    const change = await afterVerdict(judged, verdict, moment, () =>
      this.options.obstacles.orGoOn(
        judged,
        moment,
        verdict,
        found,
        silentSource(judged, taken.evidence, moment.realNow),
      ),
    );
    const notices = [...told.notices, ...change.notices];
    const isSame =
      change.document === before && taken.evidence === this.options.replica.evidence.get(before.id);
    if (isSame && taken.ticks.length === 0) return false;
    await this.write(before, { ...change, notices }, turn, taken, verdict);
    return taken.isBehind;
  }

  private async measure(
    document: RolloutDocument,
    turn: Turn,
    allTicks: () => readonly TickSummary[],
  ): Promise<Measured> {
    const { records, feedback, flags, clock, reach, failedSmokeTests } = this.options;
    const { now, realNow, judgedMs } = turn.moment;
    const window = Math.max(failureWindowMs, flushMs * (clock.speed ?? 1));
    const [recent, reports] = await Promise.all([
      records.recent(document.id, now - window, turn.settledUntil),
      feedback.criticalReports(document.flag, now - reportsMs),
    ]);
    const freeze = freezeAt(flags.freeze, now);
    const off = everythingOff(flags.world);
    const baseline = await this.intake.baseline(document.id, now);
    return {
      recent,
      reports,
      failedSmokeTests: failedSmokeTests(document),
      processes: turn.processes,
      gap: turn.time.gap,
      now,
      realNow,
      judgedMs,
      lastFlushAt: turn.lastFlushAt,
      incident:
        off !== undefined ? 'everything is turned off' : freeze?.isIncident === true ? freeze.reason : null,
      ...reach.expected(document, baseline, realNow),
      ticks: allTicks,
    };
  }

  private async write(
    before: RolloutDocument,
    change: Change,
    turn: Turn,
    taken?: { readonly evidence: EvidenceDocument; readonly ticks: readonly TickSummary[] },
    verdict?: Verdict,
  ): Promise<void> {
    const { replica } = this.options;
    const stands = taken?.evidence ?? replica.evidence.get(before.id);
    const evidence = stands === undefined ? undefined : beginAfresh(stands, change);
    const hasMoved = change.document.state !== before.state || change.document.step !== before.step;
    await this.commit(turn, {
      before,
      change,
      evidence: evidence === replica.evidence.get(before.id) ? undefined : evidence,
      ticks: taken?.ticks ?? [],
      by: judge,
      reason:
        verdict === undefined || !hasMoved
          ? undefined
          : sentencesOf(change.document, verdict).join(' ').slice(0, 500),
      title: hasMoved ? `The rollout of ${before.flag} is ${change.document.state}` : undefined,
    });
  }

  /** Never with a later judged time than stands in the store. */
  private commit({ fence, writing }: Turn, what: Omit<Writing, 'fence' | 'beside'>): Promise<void> {
    return writing.before(async (beside) => {
      const { v } = await this.options.commits.write({ ...what, fence, beside });
      return v;
    });
  }
}
