/** The newest gate result of each version, whether or not it is being deployed. */
import type { GateResult } from '../gate/GateResult.js';
import type { DocumentChange } from '../../state/Store.js';
import type { DeploymentsReplica } from './DeploymentsReplica.js';
import { gateKey } from './keys.js';
import { bodyOf } from '../../state/committing/bodyOf.js';

/** Versions whose results are kept. */
const mostGates = 50;
/** In one commit. */
const mostAtOnce = 200;

export class Gates {
  public constructor(private readonly replica: Pick<DeploymentsReplica, 'gates'>) {}

  public of(version: string): GateResult | undefined {
    return this.replica.gates.get(gateKey(version))?.gate;
  }

  /** The change that keeps it; none where a newer one is known. */
  public keeping(gate: GateResult, environment: string): readonly DocumentChange[] {
    const key = gateKey(gate.release);
    const known = this.replica.gates.get(key);
    if (known !== undefined && known.gate.endedAt > gate.endedAt) return [];
    const next = bodyOf({ schema: 1, environment, gate });
    return [{ ns: 'deployments', key, expect: known?.v ?? 0, next }];
  }

  /** The changes that let go of the oldest: the lease holder's, so that two webhooks need not fight over them. */
  public lettingGo(): readonly DocumentChange[] {
    const { gates } = this.replica;
    if (gates.size <= mostGates) return [];
    return [...gates]
      .sort(([, a], [, b]) => a.gate.endedAt - b.gate.endedAt)
      .slice(0, Math.min(mostAtOnce, gates.size - mostGates))
      .map(([key, { v }]) => ({ ns: 'deployments', key, expect: v, next: null }));
  }
}
