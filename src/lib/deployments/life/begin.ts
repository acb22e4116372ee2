/** How a deployment begins: its document as it stands in its first commit. Pure. */
import { createHash } from 'node:crypto';
import { newId } from '../../core/ids.js';
import type { Announcement } from '../DeploymentsRoom.js';
import type { DeploymentDocument, DeploymentState } from '../documents.js';
import type { GateResult } from '../gate/GateResult.js';
import { telling } from './change.js';
import { defaultEnvironment } from './checkAnnouncement.js';

export interface Beginning {
  readonly announcement: Announcement;
  /** The newest of its environment, whatever became of it. */
  readonly newest: DeploymentDocument | undefined;
  readonly gate: GateResult | undefined;
  /** Rollouts that are under way. */
  readonly rollouts: readonly string[];
  /** Domain time. */
  readonly now: number;
}

const idLength = 8;

/** @param state `testing`: its end was heard of before its beginning */
export function begun(
  beginning: Beginning,
  state: 'announced' | 'deploying' | 'testing',
): DeploymentDocument {
  const { announcement, newest, gate, rollouts, now } = beginning;
  const { version, summary, link, source, origin, by, breakGlass } = announcement;
  const environment = announcement.environment ?? defaultEnvironment;
  // The newest of an environment is told by it, and clocks of several machines differ.
  const at = Math.max(now, (newest?.created.at ?? 0) + 1);
  const brokeGlass = breakGlass === undefined ? null : { by: by.id, at: now, reason: breakGlass.reason };
  const document: DeploymentDocument = {
    v: 0,
    schema: 1,
    id: idAfter(environment, newest),
    environment,
    version,
    summary: summary ?? '',
    link: link ?? null,
    state,
    revision: 1,
    source,
    origin: origin ?? null,
    created: { by: by.id, at, name: by.name },
    updated: { by: by.id, at: now },
    entered: { [state]: now },
    gate: gate ?? null,
    brokeGlass,
    smoke: null,
    usual: null,
    monitor: null,
    rollouts: [...rollouts],
    ended: null,
    news: [],
    newsCount: 0,
  };
  return telling(document, now, 'info', `${by.name} ${did[state]} ${version}.`);
}

const did: Readonly<Partial<Record<DeploymentState, string>>> = {
  announced: 'announced',
  deploying: 'started',
  testing: 'told that the bot runs on',
};

/**
 * Derived from what it follows, so that two who begin after the same one mean the same document, and one of them learns who was
 * first. Only from what never changes of it: who has heard how that one ended need not have heard what came in its place.
 */
function idAfter(environment: string, newest: DeploymentDocument | undefined): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(['deployment', environment, newest?.id ?? '']))
    .digest();
  return newId(idLength, (size) => digest.subarray(0, size));
}
