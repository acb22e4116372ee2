/** The evidence of one rollout: as it begins, and what begins anew with a step or a person's resume. */
import { afresh } from '../../health/judging/evidence.js';
import type { Change } from '../change.js';
import type { EvidenceDocument, RolloutDocument } from '../documents.js';
import { guardId, newGuards } from './guards.js';
import { forgiven as forgivenSources } from './sources/takeReading.js';

const noGuilds = { canary: '', control: '', chosen: '', failing: '' };

export function newEvidenceDocument({ id, plan }: RolloutDocument, cuts: number): EvidenceDocument {
  return { v: 0, schema: 1, id, guards: newGuards(plan, cuts), seen: noGuilds, startsAt: [] };
}

/** What only pauses is forgiven by whoever resumes, or the next turn would pause again; what rolls back runs on. */
export function beginAfresh(
  evidence: EvidenceDocument,
  { document, beginsAfresh, entersStep }: Change,
): EvidenceDocument {
  if (!beginsAfresh && !entersStep) return evidence;
  if (!beginsAfresh) return { ...evidence, seen: noGuilds };
  const forgiven = new Set(document.plan.guards.filter(({ action }) => action === 'pause').map(guardId));
  const guards = Object.fromEntries(
    Object.entries(evidence.guards).map(([id, state]) => [id, forgiven.has(id) ? afresh(state) : state]),
  );
  const { sources } = evidence;
  return {
    ...evidence,
    guards,
    seen: noGuilds,
    ...(sources !== undefined && { sources: forgivenSources(document.plan, sources) }),
  };
}
