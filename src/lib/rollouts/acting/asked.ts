/** What people ask of a rollout, each as a check and one step. */
import { approvalDeclined, approvalGiven, askDeclined } from '../../alerts/wording/rolloutApprovals.js';
import { type Change, telling, unchanged } from '../change.js';
import { pause, resume } from '../decisions.js';
import { cancel, declineStart, declineStep, rollBack } from '../endings.js';
import type { World } from '../../flags/world.js';
import { type Moment, newsOf, operations, stampOf, stepName } from '../moment.js';
import type { RolloutDocument, RolloutState } from '../documents.js';
import { NotInThisState, ReasonNeeded, SecondPersonNeeded, StaleRollout } from '../errors.js';
import type { RolloutAction } from '../RolloutStatus.js';
import { isJudged, isOver } from '../transitions.js';

/** What may be asked of it as it stands. */
export function canNow(document: RolloutDocument): readonly RolloutAction[] {
  const { state, approval } = document;
  if (isOver(state) || state === 'rolling-back') return [];
  const served = isJudged(document);
  return [
    'acknowledge',
    ...(state === 'paused' ? (['resume'] as const) : served ? (['pause', 'advance'] as const) : []),
    ...(served ? (['rollback'] as const) : []),
    'cancel',
    ...(approval !== null && approval.given === null ? (['approve', 'decline'] as const) : []),
  ];
}

export function askPause(document: RolloutDocument, moment: Moment): Change {
  if (document.state === 'paused' && document.pause?.endsWith === 'person') return unchanged(document);
  check(document, 'pause', 'paused');
  return pause(document, moment, null, 'person');
}

export function askResume(document: RolloutDocument, moment: Moment): Change {
  if (document.state === 'running') return unchanged(document);
  check(document, 'resume', 'resumed');
  // Whoever resumes takes the responsibility for what paused it, also where it would have ended by itself.
  const pausedBy = document.pause === null ? null : { ...document.pause, endsWith: 'person' as const };
  return resume({ ...document, pause: pausedBy }, moment);
}

export function askRollback(document: RolloutDocument, moment: Moment): Change {
  if (document.state === 'rolling-back' || document.state === 'rolled-back') return unchanged(document);
  if (document.served === null && !isOver(document.state)) {
    throw new NotInThisState(
      `The rollout of ${document.flag} has turned nothing on yet, so there is nothing of it to roll back.`,
      {
        next: `If ${document.flag} itself must be off, use /rollback now: it ends the rollout, too. An admin can end the rollout alone with /rollout cancel.`,
      },
    );
  }
  check(document, 'rollback', 'rolled back');
  return rollBack(document, moment, null);
}

export function askCancel(document: RolloutDocument, moment: Moment, leave: 'keep' | 'restore'): Change {
  if (document.state === 'cancelled') return unchanged(document);
  check(document, 'cancel', 'cancelled');
  return cancel(document, moment, leave);
}

export function askAcknowledge(document: RolloutDocument, moment: Moment): Change {
  check(document, 'acknowledge', 'acknowledged');
  const stamp = stampOf(moment);
  const next = { ...document, acknowledged: stamp, updated: stamp, revision: document.revision + 1 };
  return unchanged(telling(next, moment.now, 'info', `${moment.by.name} has seen it.`));
}

/** @param asked the request that the person saw; undefined: whichever stands now. @throws StaleRollout where it is another one */
export function askApprove(
  document: RolloutDocument,
  moment: Moment,
  isBreakGlass: boolean,
  asked: number | undefined,
): Change {
  checkIsAsked(document, asked);
  const { approval } = document;
  if (approval !== null && approval.given !== null) return unchanged(document);
  check(document, 'approve', 'approved');
  if (approval === null) return unchanged(document);
  if (approval.askedBy === moment.by.id && !isBreakGlass) {
    throw new SecondPersonNeeded('Who asked for it cannot approve it.', {
      next: 'Ask someone else who may approve, or break the glass with a reason.',
    });
  }
  if (isBreakGlass && (moment.reason ?? '') === '') throw new ReasonNeeded('Approving it alone');
  const stamp = stampOf(moment);
  const next = {
    ...document,
    approval: { ...approval, given: { ...stamp, isBreakGlass } },
    updated: stamp,
    revision: document.revision + 1,
  };
  const text = isBreakGlass ? 'approves it without a second person' : 'approves it';
  return {
    ...unchanged(telling(next, moment.now, isBreakGlass ? 'bad' : 'good', `${moment.by.name} ${text}.`)),
    notices: [
      {
        ...operations(approvalGiven({ ...newsOf(next, moment), sentences: [approval.why] }, isBreakGlass)),
        // Those who were passed over are to know it now, not when they scroll by.
        ...(isBreakGlass && { pingApprovers: true }),
      },
    ],
  };
}

/** Without a reason, whoever asked would not know what to do. @param asked as with {@link askApprove} */
export function askDecline(document: RolloutDocument, moment: Moment, asked: number | undefined): Change {
  checkIsAsked(document, asked);
  check(document, 'decline', 'declined');
  const { approval } = document;
  if (approval === null) return unchanged(document);
  if ((moment.reason ?? '') === '') throw new ReasonNeeded('Declining it');
  const change = document.served === null ? declineStart(document, moment) : declineStep(document, moment);
  const { created } = document;
  const { askedBy, step } = approval;
  const facts = {
    ...newsOf(change.document, moment),
    step: stepName(document, step),
    sentences: [approval.why],
    askedBy: { id: askedBy, name: askedBy === created.by ? created.name : askedBy },
    isOver: document.served === null,
  };
  return {
    ...change,
    notices: [
      operations(approvalDeclined(facts)),
      // Who asked may have gone home since; and what asked may be no person.
      ...(/^\d+$/.test(askedBy)
        ? [{ kind: 'rollout', to: { user: askedBy }, card: askDeclined(facts) } as const]
        : []),
    ],
  };
}

/** @throws StaleRollout where another request stands by now */
function checkIsAsked({ approval, news, state }: RolloutDocument, asked: number | undefined): void {
  if (asked !== undefined && (approval?.asked ?? 0) !== asked)
    throw new StaleRollout(news.at(-1)?.text ?? `it is ${state} now`);
}

const inWords: Readonly<Record<RolloutState, string>> = {
  draft: 'being prepared',
  waiting: 'waiting',
  running: 'running',
  holding: 'holding',
  paused: 'paused',
  'rolling-back': 'being rolled back',
  completed: 'complete',
  'rolled-back': 'rolled back',
  cancelled: 'cancelled',
};

/** @throws NotInThisState where the action is none of those that may be asked for */
export function check(document: RolloutDocument, action: RolloutAction, done: string): void {
  const can = canNow(document);
  if (can.includes(action)) return;
  const others = can.filter((one) => one !== 'acknowledge');
  throw new NotInThisState(
    `The rollout of ${document.flag} is ${inWords[document.state]}, so it cannot be ${done}.`,
    {
      next:
        others.length === 0
          ? 'Nothing is left to do with it. See /rollout status.'
          : `What can be done now: ${others.map((one) => `/rollout ${one}`).join(', ')}.`,
    },
  );
}

/**
 * What widens must not work against what somebody else does to the flag.
 *
 * @throws NotInThisState where a person turned it off by hand, or while a gradual rollback takes it back
 */
export function checkNothingAgainst({ flag, served }: RolloutDocument, world: Pick<World, 'flags'>): void {
  const document = world.flags.get(flag);
  if (document === undefined) return;
  if ((document.ceiling ?? null) !== null)
    throw new NotInThisState(`A gradual rollback of ${flag} is in progress, so its rollout stands still.`, {
      next: 'Cancel it with /rollback cancel first, or let it come to its end.',
    });
  if (served === null || (document.enabled && document.killed === null)) return;
  const how = document.killed === null ? 'disabled' : 'killed';
  throw new NotInThisState(`${flag} was ${how} by hand, so its rollout does not go on: it is about to end.`, {
    next: `See /feature history for who turned it off and why. Once it is mended, begin again with /rollout start.`,
  });
}
