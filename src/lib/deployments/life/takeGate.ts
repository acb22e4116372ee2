/** What becomes of a gate's result. Pure. */
import type { Notice } from '../../alerts/Card.js';
import type { GateResult } from '../gate/GateResult.js';
import { telling } from './change.js';
import type { Move } from './Deciding.js';
import type { Situation } from './Deciding.js';
import { gateFailed } from './notices.js';
import { isOver } from './transitions.js';

export interface GateTaken {
  /** The deployment of that version, where one is under way. */
  readonly move: Move | undefined;
  readonly notices: readonly Notice[];
}

export function takeGate(gate: GateResult, environment: string, { newest, now }: Situation): GateTaken {
  const isTold = gate.verdict === 'failed';
  const isMeant = newest !== undefined && newest.version === gate.release && !isOver(newest.state);
  if (!isMeant) return { move: undefined, notices: isTold ? gateFailed(gate, environment, undefined) : [] };
  if (newest.gate !== null && newest.gate.endedAt > gate.endedAt) return { move: undefined, notices: [] };
  const [tone, text] = isTold
    ? (['bad', 'The gate failed.'] as const)
    : (['good', 'The gate passed.'] as const);
  const next = { ...newest, gate, revision: newest.revision + 1, updated: { by: 'system:gate', at: now } };
  const document = telling(next, now, tone, text);
  return {
    move: { before: newest, document },
    notices: isTold ? gateFailed(gate, environment, document) : [],
  };
}
