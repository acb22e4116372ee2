/** What becomes of "it is deployed" and of "it failed". Pure. */
import { NotNow } from '../../flags/errors.js';
import type { AskOfDeployment } from '../DeploymentsRoom.js';
import type { DeploymentDocument } from '../documents.js';
import { superseded } from './askStart.js';
import { begun } from './begin.js';
import { linking, moved, telling } from './change.js';
import type { Decided, Move, Situation } from './Deciding.js';
import { AnotherUnderWay, NothingUnderWay } from './errors.js';
import { isOldNews } from './isOldNews.js';
import { deployed, failed } from './notices.js';
import { givesWay, isOver } from './transitions.js';

type Ask = AskOfDeployment & { readonly environment: string };

/** @throws NothingUnderWay, NotNow, AnotherUnderWay */
export function askFinish(ask: Ask, situation: Situation): Decided {
  const meant = whichIsMeant(ask, situation);
  if (meant === 'unheard') return unheard(ask, situation, 'testing');
  const { state } = meant;
  if (isOver(state)) return over(ask, meant);
  if (state === 'testing' || state === 'watching') return { is: 'unchanged', document: meant };
  const next = linking(
    moved(meant, 'testing', situation.now, changes(ask, meant, situation)),
    situation.rollouts,
  );
  return told(meant, telling(next, situation.now, 'info', `${ask.by.name} told that it is deployed.`));
}

/** @throws NothingUnderWay, NotNow, AnotherUnderWay */
export function askFail(ask: Ask, situation: Situation): Decided {
  const meant = whichIsMeant(ask, situation);
  if (meant === 'unheard') return unheard(ask, situation, 'failed');
  if (isOver(meant.state)) return over(ask, meant);
  return told(meant, failing(ask, meant, situation));
}

/** The deployment that is spoken of; `unheard` where a webhook tells of its end before its beginning. */
function whichIsMeant(ask: Ask, { newest, past }: Situation): DeploymentDocument | 'unheard' {
  const { version, environment, source = 'person' } = ask;
  if (past !== undefined) return past;
  const isMeant =
    newest !== undefined &&
    (version === undefined || newest.version === version) &&
    (source === 'person' || !isAnother(newest, ask));
  if (isMeant && (version !== undefined || !isOver(newest.state))) return newest;
  if (source !== 'person' && version !== undefined) return 'unheard';
  if (newest === undefined || isOver(newest.state)) throw new NothingUnderWay(environment);
  throw new AnotherUnderWay(newest, version ?? '');
}

/** The same version once more, by the sender's own name of it. */
function isAnother({ origin: known, state }: DeploymentDocument, { origin }: Ask): boolean {
  const [mine = null, theirs = null] = [known?.ref, origin?.ref];
  return isOver(state) && mine !== null && theirs !== null && mine !== theirs;
}

function over(ask: Ask, document: DeploymentDocument): Decided {
  if (ask.source !== undefined && ask.source !== 'person') return { is: 'unchanged', document };
  const { version, state, ended } = document;
  throw new NotNow(`The deployment of ${version} is over: ${state}. ${ended?.why ?? ''}`.trim(), {
    next: 'Begin another one with /deploy start.',
  });
}

function unheard(ask: Ask, situation: Situation, state: 'testing' | 'failed'): Decided {
  const { by, version = '', environment, source = 'webhook', summary, link, origin } = ask;
  const { newest, now } = situation;
  if (newest !== undefined && isOldNews(newest, version, origin))
    return { is: 'unchanged', document: newest };
  const isOpen = newest !== undefined && !isOver(newest.state);
  // What failed is not running, so that what was deployed before goes on being watched.
  if (isOpen && (state === 'failed' || !givesWay(newest.state))) {
    throw new AnotherUnderWay(newest, version);
  }
  const announcement = {
    ...{ version, environment, source, by },
    ...(summary !== undefined && { summary }),
    ...(link !== undefined && { link }),
    ...(origin !== undefined && { origin }),
  };
  const first = begun({ ...situation, announcement }, state === 'testing' ? 'testing' : 'deploying');
  const document = state === 'testing' ? first : failing(ask, first, situation);
  const move: Move = { before: undefined, document };
  const { notices, title } = saying(document);
  if (newest === undefined) return { is: 'moved', moves: [move], notices, title };
  if (!isOpen) return { is: 'moved', moves: [move], holds: newest, notices, title };
  const old = superseded(newest, { by, version }, now);
  return { is: 'moved', moves: [move, { before: newest, document: old }], notices, title };
}

function failing(ask: Ask, document: DeploymentDocument, situation: Situation): DeploymentDocument {
  const { by, reason } = ask;
  const { now } = situation;
  const why = reason === undefined ? `${by.name} told that it failed.` : `${by.name}: ${reason}`;
  const ended = { by: by.id, at: now, why };
  const next = moved(document, 'failed', now, { ...changes(ask, document, situation), ended });
  return telling(next, now, 'bad', why);
}

function changes(
  { by, origin, link }: Ask,
  document: DeploymentDocument,
  { now }: Situation,
): Partial<DeploymentDocument> {
  return {
    updated: { by: by.id, at: now },
    origin: origin ?? document.origin,
    link: document.link ?? link ?? null,
  };
}

function told(before: DeploymentDocument, document: DeploymentDocument): Decided {
  return { is: 'moved', moves: [{ before, document }], ...saying(document) };
}

function saying(document: DeploymentDocument): Pick<Decided & { is: 'moved' }, 'notices' | 'title'> {
  const { version, environment, state } = document;
  return state === 'failed'
    ? { notices: failed(document), title: `Deployment ${version} to ${environment} failed` }
    : { notices: deployed(document), title: `Finish deployment ${version} to ${environment}` };
}
