/** What people ask of a gradual rollback, each as a check and one step. Pure. */
import type { Notice } from '../../alerts/Card.js';
import { who } from '../../alerts/wording/facts.js';
import type { Actor } from '../../flags/changes.js';
import { NotNow } from '../../flags/errors.js';
import { moved, telling } from '../change.js';
import { betweenBatchesMs } from '../descent/batches.js';
import { isComingDown } from '../descent/isComingDown.js';
import type { RollbackDocument } from '../documents.js';
import { isDone } from '../transitions.js';
import { cancelled, paused, resumed, returning } from '../notices.js';

export interface Moment {
  readonly by: Actor;
  readonly reason: string | undefined;
  /** Domain time. */
  readonly now: number;
  /** Real time. */
  readonly realNow: number;
}

export interface Asked {
  readonly document: RollbackDocument;
  readonly notices: readonly Notice[];
}

/** Null where it is in that state already; a sentence where it is so for another reason. */
export type Step = (document: RollbackDocument, moment: Moment) => Asked | string | null;

export const askPause: Step = (document, moment) => {
  if (document.state === 'paused') return null;
  const descent = checkComingDown(document, 'paused');
  if (document.state === 'returning') throw notWhileReturning();
  const next = moved(document, 'paused', { descent: { ...descent, nextAt: null } });
  return said(next, moment, 'warn', 'paused it', paused);
};

export const askResume: Step = (document, moment) => {
  if (document.state === 'running' && isComingDown(document)) return null;
  const descent = checkComingDown(document, 'resumed');
  if (document.state === 'returning') throw notWhileReturning();
  const last = descent.batches.at(-1)?.at;
  const nextAt = last === undefined ? moment.now : Math.max(moment.now, last + betweenBatchesMs);
  const next = moved(document, 'running', { descent: { ...descent, nextAt } });
  return said(next, moment, 'info', 'resumed it', resumed);
};

export const askCancel: Step = (document, moment) => {
  if (document.state === 'returning' || document.state === 'cancelled') return null;
  const descent = checkComingDown(document, 'cancelled');
  const next = moved(document, 'returning', { descent: { ...descent, nextAt: moment.now } });
  return said(next, moment, 'warn', 'cancelled it: guilds get it back in reverse order', returning);
};

/** Changes nothing of what is done; the revision stays, and with it every button. */
export const askAcknowledge: Step = (document, moment) => {
  const { acknowledged } = document;
  if (acknowledged !== undefined) return `${acknowledged.name} looks after it already.`;
  if (isDone(document)) {
    throw new NotNow('That rollback is over, so nobody needs to look after it.', {
      next: 'See /rollback status for how it ended.',
    });
  }
  const { by, now, reason } = moment;
  const next = {
    ...document,
    acknowledged: { by: by.id, name: by.name, at: now, ...(reason && { reason }) },
  };
  return said(next, moment, 'info', 'has seen it and looks after it', () => []);
};

/** All guilds have it back. */
export function isBack(document: RollbackDocument, realNow: number): Asked {
  const { descent } = document;
  const next = moved(document, 'cancelled', {
    endedAt: realNow,
    descent: descent === null ? null : { ...descent, nextAt: null },
    steps: document.steps.map((step) =>
      step.state === 'waiting' || step.state === 'running'
        ? { ...step, state: 'skipped', endedAt: realNow, detail: 'It was cancelled.' }
        : step,
    ),
  });
  const told = telling(next, realNow, 'good', `${document.flag ?? 'Everything'} is where it was before.`);
  return { document: told, notices: cancelled(told) };
}

/** @throws NotNow where it is no gradual rollback, or is off for everybody already */
export function checkComingDown(
  document: RollbackDocument,
  done: string,
): NonNullable<RollbackDocument['descent']> {
  if (document.descent !== null && isComingDown(document)) return document.descent;
  if (document.state === 'cancelled') {
    throw new NotNow('That rollback was cancelled, so nothing is left to do with it.', {
      next: 'Begin another one with /rollback.',
    });
  }
  const back =
    document.flag === null ? '/feature unkill everything:True' : `/feature unkill name:${document.flag}`;
  throw new NotNow(
    `${document.flag ?? 'Everything'} is off for everybody already, so its rollback cannot be ${done}.`,
    {
      next: `An admin turns it on again with ${back}.`,
    },
  );
}

function notWhileReturning(): NotNow {
  return new NotNow('It was cancelled, and guilds are getting it back.', {
    next: 'Make it immediate with /rollback now, or wait and begin again.',
  });
}

function said(
  document: RollbackDocument,
  moment: Moment,
  tone: 'info' | 'warn',
  what: string,
  notices: (document: RollbackDocument) => readonly Notice[],
): Asked {
  const { by, reason, realNow } = moment;
  const why = reason === undefined ? '.' : `: ${reason}`;
  const told = telling(document, realNow, tone, `${by.name} ${what}${why}`);
  return { document: told, notices: notices(told).map((notice) => signed(notice, moment)) };
}

/** Who asked for it, and why: whoever began the rollback is not always who stops it. */
function signed(notice: Notice, { by, reason }: Moment): Notice {
  const { card } = notice;
  const asker = { name: 'By', value: who({ id: by.id, name: by.name }), inline: true };
  const why = reason === undefined ? [] : [{ name: 'Reason', value: reason, inline: true }];
  return { ...notice, card: { ...card, fields: [...(card.fields ?? []), asker, ...why] } };
}
