/** Does what people ask: one commit each, tried again where the judge was faster, and a true answer whatever the store does. */
import { freezeOverridden } from '../../alerts/wording/freeze.js';
import type { Clock } from '../../core/Clock.js';
import type { RandomBytes } from '../../core/ids.js';
import { type Patience, settle } from '../../state/committing/settle.js';
import type { FlagsService } from '../../flags/FlagsService.js';
import { checkText } from '../../flags/names.js';
import { freezeAt } from '../../flags/world.js';
import type { Settled } from '../../flags/results.js';
import { Unavailable } from '../../state/errors.js';
import type { Store } from '../../state/Store.js';
import type { Change } from '../change.js';
import { type Moment, operations } from '../moment.js';
import type { RolloutDocument } from '../documents.js';
import { ReasonNeeded, StaleRollout } from '../errors.js';
import type { RolloutsReplica } from '../RolloutsReplica.js';
import type { RolloutAnswer, RolloutRequest } from '../RolloutsRoom.js';
import type { RolloutStatus } from '../RolloutStatus.js';
import { beginAfresh } from '../judging/evidenceDocument.js';
import type { RolloutCommits } from './RolloutCommits.js';
import type { Sent } from '../../state/committing/Sent.js';
import { settledOf } from '../../flags/changing/settledOf.js';
import { afterConflict, attempts } from '../../state/committing/afterConflict.js';

export interface AskingOptions extends Patience {
  readonly store: Store;
  readonly flags: FlagsService;
  readonly replica: RolloutsReplica;
  readonly commits: RolloutCommits;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly find: (rollout: string) => RolloutDocument;
  readonly statusOf: (document: RolloutDocument) => Promise<RolloutStatus>;
}

/** @throws ReasonNeeded where a freeze would be overridden without one */
export function checkReason({ reason, overridesFreeze }: RolloutRequest): void {
  if (reason !== undefined) checkText('The reason', reason);
  if (overridesFreeze === true && (reason ?? '') === '')
    throw new ReasonNeeded('Widening in spite of a freeze');
}

/** @param revision what the person saw; undefined: whatever it is now. @throws StaleRollout */
export function checkRevision(document: RolloutDocument, revision: number | undefined): void {
  if (revision === undefined || revision === document.revision) return;
  throw new StaleRollout(document.news.at(-1)?.text ?? `it is ${document.state} now`);
}

export class Asking {
  public constructor(private readonly options: AskingOptions) {}

  /** @param plan from the rollout as it stands to what shall become of it; may throw a refusal */
  public async ask(
    rollout: string,
    request: RolloutRequest,
    title: string,
    plan: (document: RolloutDocument, moment: Moment) => Change | Promise<Change>,
  ): Promise<RolloutAnswer> {
    checkReason(request);
    for (let attempt = 1; ; attempt++) {
      const document = this.options.find(rollout);
      checkRevision(document, request.revision);
      const change = await plan(document, this.moment(request));
      if (change.document === document) {
        return { status: 'unchanged', rollout: await this.options.statusOf(document) };
      }
      const outcome = await this.write(document, change, request, `${title} of ${document.flag}`, attempt);
      if (outcome !== 'again') return outcome;
    }
  }

  /** A rollout that is not there yet. */
  public async begin(change: Change, request: RolloutRequest): Promise<RolloutAnswer> {
    checkReason(request);
    const title = `Start a rollout of ${change.document.flag} with the plan ${change.document.plan.name}`;
    const outcome = await this.write(undefined, change, request, title, attempts);
    // It throws at the last attempt, and this is the last.
    if (outcome === 'again') throw new Error('A rollout that begins cannot be tried again.');
    return outcome;
  }

  public moment({ by, reason }: RolloutRequest): Moment {
    const { clock, realTime, replica } = this.options;
    const now = clock.now();
    const time = replica.judgedTime;
    // Since the last turn both clocks went on alike, as far as anybody knows yet.
    const since = time === undefined ? 0 : Math.min(Math.max(0, now - time.at), 90_000 * (clock.speed ?? 1));
    return { by, reason, now, realNow: realTime.now(), judgedMs: (time?.judgedMs ?? 0) + since };
  }

  private async write(
    before: RolloutDocument | undefined,
    change: Change,
    { by, reason, overridesFreeze }: RolloutRequest,
    title: string,
    attempt: number,
  ): Promise<RolloutAnswer | 'again'> {
    const { commits, replica, statusOf, flags, clock } = this.options;
    const stands = before === undefined ? undefined : replica.evidence.get(before.id);
    const evidence = stands === undefined ? undefined : beginAfresh(stands, change);
    const freeze = overridesFreeze === true ? freezeAt(flags.freeze, clock.now()) : undefined;
    const overridden = freeze === undefined ? [] : [operations(freezeOverridden(title, by, reason, freeze))];
    let sent: Sent | undefined;
    try {
      const landed = await commits.write(
        {
          before,
          change: { ...change, notices: [...change.notices, ...overridden] },
          evidence: evidence === stands ? undefined : evidence,
          by,
          reason,
          title,
          overridesFreeze,
        },
        (sending) => (sent = sending),
      );
      return { status: 'done', rollout: await statusOf(landed) };
    } catch (error) {
      if (error instanceof Unavailable && error.outcome === 'unknown' && sent !== undefined) {
        return { status: 'checking', settled: this.settled(sent) };
      }
      await afterConflict(error, attempt, this.options);
      return 'again';
    }
  }

  private async settled(sent: Sent): Promise<Settled> {
    return settledOf(await settle(this.options.store, sent, this.options), '/rollout status');
  }
}
