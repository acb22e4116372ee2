/** What becomes of an announcement. Pure. */
import type { Announcement } from '../DeploymentsRoom.js';
import type { DeploymentDocument, DeploymentOrigin } from '../documents.js';
import { begun } from './begin.js';
import { linking, moved, telling } from './change.js';
import type { Decided, Situation } from './Deciding.js';
import { DeploymentUnderWay, GateFailed } from './errors.js';
import { isOldNews } from './isOldNews.js';
import { announced, starting } from './notices.js';
import { givesWay, isOver } from './transitions.js';

/** @throws GateFailed, DeploymentUnderWay */
export function askStart(announcement: Announcement, situation: Situation): Decided {
  const { version, origin, source, isAhead = false } = announcement;
  const { newest } = situation;
  if (newest === undefined) return begin(announcement, situation);
  // Sent once more, days later perhaps, when nobody remembers its id.
  if (situation.past !== undefined) return { is: 'unchanged', document: situation.past };
  if (newest.version === version && !isOver(newest.state)) {
    if (newest.state === 'announced') {
      return isAhead ? { is: 'unchanged', document: newest } : goOn(announcement, situation, newest);
    }
    const isSame = newest.state !== 'watching' || isOldNews(newest, version, origin) || isAhead;
    if (isSame && source !== 'person') return alreadySo(newest, origin, situation);
    if (isSame) throw new DeploymentUnderWay(newest, version);
  }
  if (isOldNews(newest, version, origin)) return { is: 'unchanged', document: newest };
  if (isOver(newest.state)) return begin(announcement, situation);
  // What is only announced deploys nothing yet, so that what was deployed goes on being watched.
  if (!givesWay(newest.state) || (isAhead && newest.state === 'watching')) {
    throw new DeploymentUnderWay(newest, version);
  }
  return begin(announcement, situation);
}

function begin(announcement: Announcement, situation: Situation): Decided {
  const { newest, gate } = situation;
  const { isAhead = false, version } = announcement;
  if (!isAhead) checkGate(announcement, gate);
  const document = begun({ ...situation, announcement }, isAhead ? 'announced' : 'deploying');
  const isReplacing = newest !== undefined && !isOver(newest.state);
  const told = isAhead ? announced(document) : starting(document, isReplacing ? newest : undefined);
  const title = `${isAhead ? 'Announce' : 'Start'} deployment ${version} to ${document.environment}`;
  const move = { before: undefined, document };
  if (newest === undefined) return { is: 'moved', moves: [move], notices: told, title };
  if (!isReplacing) return { is: 'moved', moves: [move], holds: newest, notices: told, title };
  const old = superseded(newest, announcement, situation.now);
  return { is: 'moved', moves: [move, { before: newest, document: old }], notices: told, title };
}

/** It was announced, and begins. */
function goOn(announcement: Announcement, situation: Situation, newest: DeploymentDocument): Decided {
  const { by, breakGlass, origin, summary, link, version } = announcement;
  const { gate, now, rollouts } = situation;
  checkGate(announcement, gate);
  const next = moved(newest, 'deploying', now, {
    gate: gate ?? newest.gate,
    updated: { by: by.id, at: now },
    brokeGlass: breakGlass === undefined ? null : { by: by.id, at: now, reason: breakGlass.reason },
    origin: origin ?? newest.origin,
    summary: summary ?? newest.summary,
    link: link ?? newest.link,
  });
  const document = telling(linking(next, rollouts), now, 'info', `${by.name} started ${version}.`);
  return {
    is: 'moved',
    moves: [{ before: newest, document }],
    notices: starting(document, undefined),
    title: `Start deployment ${version} to ${document.environment}`,
  };
}

/** A person was faster than the webhook: what comes next from there is known by it. */
function alreadySo(
  newest: DeploymentDocument,
  origin: DeploymentOrigin | undefined,
  { now }: Situation,
): Decided {
  if (origin === undefined || newest.origin !== null) return { is: 'unchanged', document: newest };
  const document = telling({ ...newest, origin }, now, 'info', 'Its webhook told of it, too.');
  const title = `Heard of deployment ${newest.version} to ${newest.environment} again`;
  return { is: 'moved', moves: [{ before: newest, document }], notices: [], title };
}

export function superseded(
  old: DeploymentDocument,
  { by, version }: Pick<Announcement, 'by' | 'version'>,
  now: number,
): DeploymentDocument {
  const why = `${version} took its place.`;
  const next = moved(old, 'superseded', now, {
    updated: { by: by.id, at: now },
    ended: { by: by.id, at: now, why },
  });
  return telling(next, now, 'info', why);
}

/** @throws GateFailed */
function checkGate({ version, breakGlass }: Announcement, gate: Situation['gate']): void {
  if (gate?.verdict === 'failed' && breakGlass === undefined) throw new GateFailed(gate, version);
}
