/** How a rollback begins: its document as it stands in its first commit. Pure. */
import type { FlagDocument } from '../flags/documents.js';
import type { World } from '../flags/world.js';
import { newEvidence } from '../health/judging/evidence.js';
import type { Affected } from './affected.js';
import { telling } from './change.js';
import { batchSizeFor } from './descent/batches.js';
import type { RollbackDocument } from './documents.js';
import { derivedId } from './ids.js';
import type { RollbackRequest } from './RollbacksRoom.js';
import { stepsFor } from './steps.js';
import type { StepWork } from './work.js';

/** How many times as often guilds may fail after it is off for them as guilds that never had it. */
export const recoveryMargin = 1.2;

export interface Beginning {
  readonly id: string;
  readonly kind: RollbackDocument['kind'];
  readonly request: RollbackRequest;
  /** Undefined: nobody was counted yet. */
  readonly affected: Affected | undefined;
  readonly before: readonly FlagDocument[];
  readonly rollouts: readonly string[];
  readonly works: readonly StepWork[];
  readonly pressedAt: number;
  /** Domain time. */
  readonly now: number;
}

/** Nothing of it has been done yet. */
export function begun(beginning: Beginning): RollbackDocument {
  const { id, kind, request, affected, before, rollouts, works, pressedAt, now } = beginning;
  const { by, flag, trigger, reason } = request;
  const document: RollbackDocument = {
    v: 0,
    schema: 1,
    id,
    kind,
    flag,
    trigger,
    reason,
    created: { by: by.id, name: by.name, at: now, reason },
    withDatabase: request.withDatabase ?? false,
    pressedAt,
    offAt: null,
    endedAt: null,
    state: 'running',
    revision: 1,
    steps: [],
    descent: kind === 'gradual' ? descentOf(affected?.guilds ?? 0, now) : null,
    rollouts,
    before,
    isCounted: affected !== undefined,
    affected: { guilds: affected?.guilds ?? 0, members: affected?.members ?? 0 },
    sample: affected?.sample ?? [],
    proof: null,
    receipt: null,
    news: [],
    newsCount: 0,
  };
  const what = flag ?? 'everything';
  const how = kind === 'gradual' ? `take ${what} back batch by batch` : `take ${what} back`;
  return telling(
    { ...document, steps: stepsFor(document, works) },
    pressedAt,
    'warn',
    `${by.name} asked to ${how}: ${reason}`,
  );
}

function descentOf(affected: number, now: number): NonNullable<RollbackDocument['descent']> {
  return {
    affected,
    batchSize: batchSizeFor(affected),
    batches: [],
    off: 0,
    nextAt: null,
    hurried: null,
    evidence: { state: newEvidence({ margin: recoveryMargin }), until: now },
  };
}

/**
 * Two people who press at once mean the same moment, and get the same id: one of their commits is refused, and whoever sent it
 * learns who was first.
 */
export function idFor(world: World, flag: string | null): string {
  return flag === null
    ? derivedId('everything', world.killSwitch?.v ?? 0)
    : derivedId('flag', flag, world.flags.get(flag)?.v ?? 0);
}
