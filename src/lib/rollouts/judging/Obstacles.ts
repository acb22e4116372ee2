/** What may stand in the way of going on although the judge found nothing: time, freezes, quiet hours, criteria, a second person. */
import type { FlagsService } from '../../flags/FlagsService.js';
import { freezeAt } from '../../flags/world.js';
import type { FeedbackRecords } from '../../health/feedback/FeedbackRecords.js';
import type { Findings, Verdict } from '../../health/judging/verdict.js';
import { approvalAsked } from '../../alerts/wording/rolloutApprovals.js';
import { reachOf } from '../stepReach.js';
import { type Change, telling } from '../change.js';
import { unmetCriterion } from '../criteria.js';
import { enter, goOn, holdFor } from '../decisions.js';
import { type Moment, newsOf, operations, stepName } from '../moment.js';
import type { Obstacle, RolloutDocument } from '../documents.js';
import { quietUntil } from '../quietHours.js';

export interface ObstaclesOptions {
  readonly flags: FlagsService;
  readonly feedback: FeedbackRecords;
  /** Whether there are people who may approve; without any, nobody is asked. */
  readonly hasApprovers: boolean;
  /** Whether a gate of this name has passed for the flag; undefined = none has reported. */
  readonly gatePassed: (flag: string, gate: string) => boolean | undefined;
}

export class Obstacles {
  public constructor(private readonly options: ObstaclesOptions) {}

  /** The first step, or what it waits for. */
  public async orEnterFirst(document: RolloutDocument, moment: Moment): Promise<Change> {
    const { startAt } = document;
    const first = enter(document, 0, moment);
    if (startAt === null || startAt <= moment.now) return this.unlessHeld(document, moment, 0, first);
    // Who plans a start for the night wants to hear today whether a second person agrees.
    const asks = await this.approval(document, moment, 0, first);
    return asks ?? holdFor(document, moment, { code: 'START_TIME', at: startAt });
  }

  /** The next step or the end, or what it waits for. @param silence a source that says nothing, in words */
  public async orGoOn(
    document: RolloutDocument,
    moment: Moment,
    verdict: Verdict,
    found: Findings,
    silence: string | null,
  ): Promise<Change> {
    const criterion = silence ?? (await this.criterion(document, moment, found));
    if (criterion !== null) return holdFor(document, moment, { code: 'CRITERION', criterion });
    return this.unlessHeld(document, moment, document.step + 1, goOn(document, moment, verdict));
  }

  /** Asks for a second person where the change needs one and has none. Null: nobody needs to be asked. */
  public async approval(
    document: RolloutDocument,
    moment: Moment,
    step: number,
    change: Change,
  ): Promise<Change | null> {
    const { flags, hasApprovers } = this.options;
    const { serves } = change;
    if (!hasApprovers || serves === undefined || flags.world.flags.get(document.flag) === undefined)
      return null;
    const { basis, secondPerson: why } = await reachOf(this.options, document, step, serves, moment.by);
    if (why === null) return null;
    const held = holdFor(document, moment, { code: 'APPROVAL', why });
    const asked = document.approval;
    // The count of guilds moves from day to day; what was asked is the step, as it is.
    if (asked !== null && asked.step === step && asked.basis === basis) {
      return asked.why === why ? held : { ...held, document: holdSame(document, held) };
    }
    const isSystem = moment.by.id.startsWith('system:');
    const askedBy = isSystem ? document.created.by : moment.by.id;
    const isRevoked = asked !== null && asked.given !== null && asked.step === step;
    const text = isRevoked
      ? `The approval does not hold any more: the flag or the step was changed since. ${why}`
      : why;
    const revision = document.revision + 1;
    const approval = { step, why, askedBy, given: null, basis, asked: revision };
    const next = { ...held.document, approval, revision };
    const { created } = document;
    const by = isSystem ? { id: created.by, name: created.name } : moment.by;
    const news = { ...newsOf(next, { ...moment, by }), step: stepName(next, step), sentences: [text] };
    return {
      ...held,
      document: telling(next, moment.now, 'warn', `Waits for a second person. ${text}`),
      notices: [operations(approvalAsked(news, document.served !== null))],
    };
  }

  private async unlessHeld(
    document: RolloutDocument,
    moment: Moment,
    step: number,
    change: Change,
  ): Promise<Change> {
    const asks = await this.approval(document, moment, step, change);
    if (asks !== null) return asks;
    const obstacle = this.frozenOrQuiet(document, moment.now);
    return obstacle === null ? change : holdFor(document, moment, obstacle);
  }

  private frozenOrQuiet({ plan, served, startsInSpiteOf }: RolloutDocument, now: number): Obstacle | null {
    const freeze = freezeAt(this.options.flags.freeze, now);
    const isOverridden = served === null && freeze?.at === startsInSpiteOf;
    if (freeze !== undefined && !isOverridden)
      return { code: 'FREEZE', reason: freeze.reason, until: freeze.until };
    const until = quietUntil(plan.quietHours, now);
    return until === null ? null : { code: 'QUIET_HOURS', until };
  }

  private async criterion(
    document: RolloutDocument,
    { now }: Moment,
    found: Findings,
  ): Promise<string | null> {
    const { feedback, gatePassed } = this.options;
    const step = document.plan.steps[document.step];
    if (step === undefined || Object.keys(step.criteria).length === 0) return null;
    const since = document.stepsBegan[document.step] ?? now;
    const [reports, ratings] = await Promise.all([
      feedback.criticalReports(document.flag, since),
      feedback.ratings(document.flag, since, now),
    ]);
    return unmetCriterion(step, {
      gatePassed: (gate) => gatePassed(document.flag, gate),
      criticalReports: reports.filter(({ hasFeature }) => hasFeature).length,
      ratings: ratings.filter(({ arm }) => arm === 'canary').map(({ stars }) => stars),
      errorsBelow: found.comparisons.find(({ metric }) => metric === 'errors')?.interval?.upper ?? null,
    });
  }
}

/** The reasons in words moved on by a guild or two: not worth writing. */
function holdSame(document: RolloutDocument, held: Change): RolloutDocument {
  return document.obstacle?.code === 'APPROVAL' && document.state === held.document.state
    ? document
    : held.document;
}
