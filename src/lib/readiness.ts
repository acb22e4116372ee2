/** What must be well before this process counts as ready (/readyz, `rollouts doctor`). */
import type { FlagsService } from './flags/FlagsService.js';
import type { Check } from './http/Check.js';
import type { Store } from './state/Store.js';

export interface ReadinessSources {
  readonly store: Pick<Store, 'health'>;
  readonly flags: Pick<FlagsService, 'isLoaded' | 'stale'>;
  readonly gateway: { isReady(): boolean };
}

export async function readiness({ store, flags, gateway }: ReadinessSources): Promise<readonly Check[]> {
  const health = await store.health();
  return [
    check(
      'store',
      health.reachable,
      'The state store does not answer: changes are refused, flags keep their last value.',
    ),
    check('state', flags.isLoaded, 'No state has been loaded since the start: every flag is off.'),
    check('fresh', flags.stale === undefined, 'The state in memory may not be the newest.'),
    check('gateway', gateway.isReady(), 'Discord’s gateway is not connected.'),
  ];
}

function check(name: string, ok: boolean, why: string): Check {
  return ok ? { name, ok } : { name, ok, why };
}
