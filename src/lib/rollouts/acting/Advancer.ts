/** Goes on to the next step because a person wants it: what that would reach is shown first, and a second person is asked where one is needed. */
import type { Clock } from '../../core/Clock.js';
import { Frozen } from '../../flags/errors.js';
import type { FlagsService } from '../../flags/FlagsService.js';
import { freezeAt } from '../../flags/world.js';
import type { Change } from '../change.js';
import { goOn } from '../decisions.js';
import type { RolloutDocument } from '../documents.js';
import { SecondPersonNeeded, StaleRollout } from '../errors.js';
import type { Obstacles } from '../judging/Obstacles.js';
import type { Moment } from '../moment.js';
import type { AdvanceOutcome, AdvanceProposal, AdvanceRequest, RolloutRequest } from '../RolloutsRoom.js';
import { quietUntil } from '../quietHours.js';
import { utc } from '../showing/sentences.js';
import { reachOf } from '../stepReach.js';
import { check, checkNothingAgainst } from './asked.js';
import { type Asking, checkReason, checkRevision } from './Asking.js';

export interface AdvancerOptions {
  readonly flags: FlagsService;
  readonly asking: Asking;
  readonly obstacles: Obstacles;
  readonly clock: Clock;
  readonly hasApprovers: boolean;
  readonly find: (rollout: string) => RolloutDocument;
}

export class Advancer {
  public constructor(private readonly options: AdvancerOptions) {}

  public async propose(rollout: string, request: RolloutRequest): Promise<AdvanceProposal> {
    const { flags, asking, clock, find } = this.options;
    checkReason(request);
    const document = find(rollout);
    checkRevision(document, request.revision);
    const { serves, document: next } = this.advanced(document, asking.moment(request));
    // Going on always says what is served then.
    if (serves === undefined) throw new Error(`Advancing ${document.id} would serve nothing.`);
    const { proposal, secondPerson, needsConfirmation } = await reachOf(
      this.options,
      document,
      document.step + 1,
      serves,
      request.by,
    );
    const { blast } = proposal;
    const quiet = blast.guilds > 0 ? quietUntil(document.plan.quietHours, clock.now()) : null;
    const freeze = freezeAt(flags.freeze, clock.now());
    if (freeze !== undefined && blast.guilds > 0 && request.overridesFreeze !== true) {
      throw new Frozen(freeze, blast.guilds);
    }
    return {
      rollout: document.id,
      revision: document.revision,
      flag: document.flag,
      flagVersion: flags.flag(document.flag).v,
      step: next.step === document.step ? null : next.step,
      blast,
      needsConfirmation: needsConfirmation || quiet !== null,
      secondPerson,
      notes: [
        ...proposal.notes,
        ...(quiet === null ? [] : [`These are quiet hours: by itself it would wait until ${utc(quiet)}.`]),
      ],
    };
  }

  /** @throws SecondPersonNeeded once one was asked */
  public async advance(rollout: string, request: AdvanceRequest): Promise<AdvanceOutcome> {
    const { asking, obstacles } = this.options;
    const { confirmed } = request;
    const proposal = await this.propose(rollout, request);
    if (confirmed !== undefined && confirmed.step !== proposal.step) {
      throw new StaleRollout('it went on while you decided');
    }
    if (confirmed !== undefined && confirmed.flagVersion !== proposal.flagVersion) {
      throw new StaleRollout('the flag was changed while you decided');
    }
    const { secondPerson, needsConfirmation, revision } = proposal;
    // Asking somebody turns nothing on.
    if (confirmed === undefined && needsConfirmation && secondPerson === null) {
      return { status: 'confirm', proposal };
    }
    let asks = false;
    const outcome = await asking.ask(
      proposal.rollout,
      { ...request, revision },
      'Advance the rollout',
      async (document, moment) => {
        const change = this.advanced(document, moment);
        const held = await obstacles.approval(document, moment, document.step + 1, change);
        asks = held !== null;
        return held ?? change;
      },
    );
    if (!asks) return outcome;
    throw new SecondPersonNeeded(
      'This step needs a second person. They have been asked in the staff channel.',
      {
        next: 'It goes on by itself once they approved it there and its time is over; or ask again then.',
      },
    );
  }

  private advanced(document: RolloutDocument, moment: Moment): Change {
    check(document, 'advance', 'moved on');
    checkNothingAgainst(document, this.options.flags.world);
    return goOn(document, moment);
  }
}
