/** A rollback whose flags are off from the next commit on. Pure. */
import type { World } from '../flags/world.js';
import { switchKey } from '../flags/world.js';
import type { Parts } from './acting/TakingBack.js';
import { moved, telling, withStep } from './change.js';
import type { RollbackDocument } from './documents.js';

/** @param realNow real time of the commit */
export function turnedOff(
  document: RollbackDocument,
  parts: Parts,
  world: World,
  realNow: number,
): RollbackDocument {
  const { flag, kind, pressedAt } = document;
  const off = withStep(document, 'flags', {
    state: 'done',
    startedAt: kind === 'gradual' ? realNow : pressedAt,
    endedAt: realNow,
    detail: flag === null ? 'Every flag is off, everywhere.' : 'Off in every guild.',
    facts: { killedAt: killedAt(parts, world, flag) },
  });
  const rollouts = [...new Set([...document.rollouts, ...parts.rollouts.map((part) => part.document.id)])];
  return telling(
    { ...off, offAt: realNow, rollouts },
    realNow,
    'bad',
    flag === null ? 'Everything is off.' : `${flag} is off for everybody.`,
  );
}

/** A gradual one that is gradual no more. @param now domain time */
export function madeImmediate(document: RollbackDocument, now: number, why: string): RollbackDocument {
  const { descent } = document;
  if (descent === null) return document;
  return moved(document, 'running', {
    descent: { ...descent, off: descent.affected, nextAt: null, hurried: { at: now, why } },
  });
}

/** Domain time of the kill: tells this rollback's from a later one by hand. */
function killedAt(parts: Parts, world: World, flag: string | null): number | null {
  const [ns, key] = flag === null ? (['settings', switchKey] as const) : (['flags', flag] as const);
  const next = parts.flags
    .flatMap(({ changes }) => changes)
    .find((one) => one.ns === ns && one.key === key)?.next;
  const stands = flag === null ? world.killSwitch?.off : world.flags.get(flag)?.killed;
  const stamp = next === undefined || next === null ? stands : flag === null ? next.off : next.killed;
  return isStamp(stamp) ? stamp.at : null;
}

function isStamp(value: unknown): value is { readonly at: number } {
  return typeof value === 'object' && value !== null && 'at' in value && typeof value.at === 'number';
}
