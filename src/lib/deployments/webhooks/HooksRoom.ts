/** What the hooks need of the house. */
import type { Clock } from '../../core/Clock.js';
import type { Json } from '../../core/Json.js';
import type { Store } from '../../state/Store.js';
import type { Deployments } from '../Deployments.js';

export interface HookOptions {
  readonly deployments: Pick<
    Deployments,
    'start' | 'finish' | 'fail' | 'takeGate' | 'refuse' | 'hear' | 'list'
  >;
  readonly store: Pick<Store, 'outcome'>;
  readonly secret: string;
  /** Signatures hold for five minutes of it. */
  readonly realTime: Clock;
}

/** Figures that were pushed from elsewhere. @returns one sentence @throws RolloutError where they are none */
export type TakeMetrics = (body: Json, delivery: string) => Promise<string>;
