/** What a hook answers, and how what was refused is said to a program and to people. */
import type { RolloutError } from '../../core/RolloutError.js';
import { NotLoaded, NotNow } from '../../flags/errors.js';
import type { HookAnswer } from '../../http/Hook.js';
import { Conflict, TooLate, Unavailable } from '../../state/errors.js';
import { BadAnnouncement, DeploymentUnderWay, GateFailed } from '../life/errors.js';

export function taken(message: string): HookAnswer {
  return { status: 200, outcome: 'taken', body: { ok: true, message } };
}

export function ignored(message: string): HookAnswer {
  return { status: 200, outcome: 'ignored', body: { ok: true, message } };
}

export function unsigned(message: string, outcome = 'unsigned'): HookAnswer {
  return { status: 401, outcome, body: { ok: false, code: 'NOT_SIGNED', message } };
}

export function malformed(message: string, next?: string): HookAnswer {
  return answer(400, 'malformed', { code: 'MALFORMED', message, next });
}

/** Refused by the rules of deployments: people are to hear of it. */
export function isRefusal(error: unknown): error is DeploymentUnderWay | GateFailed | NotNow {
  return error instanceof DeploymentUnderWay || error instanceof GateFailed || error instanceof NotNow;
}

export function refused({ code, message, next }: RolloutError): HookAnswer {
  return answer(409, 'refused', { code, message, next });
}

/** @throws what is a bug, for the log */
export function failed(error: unknown): HookAnswer {
  if (error instanceof BadAnnouncement) return answer(400, 'malformed', error);
  const isAway = [Unavailable, TooLate, Conflict, NotLoaded].some((kind) => error instanceof kind);
  if (!isAway) throw error;
  const message = 'The state store did not take it. Send it again in a moment.';
  return { status: 503, outcome: 'unavailable', body: { ok: false, code: 'UNAVAILABLE', message } };
}

function answer(
  status: 400 | 409,
  outcome: string,
  { code, message, next }: { code: string; message: string; next: string | undefined },
): HookAnswer {
  return { status, outcome, body: { ok: false, code, message, ...(next !== undefined && { next }) } };
}
