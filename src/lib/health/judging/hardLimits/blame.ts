/** Whether trouble in a whole process may be laid at a rollout's door. */
import type { Consequence } from '../metricDefaults.js';

/**
 * ROLLBACK of what changed within the span before the onset; anything else is PAUSE, and a person is paged to find the cause.
 *
 * @param onsetAt when the trouble began, domain time in ms.
 * @param changedAt when the rollout last changed what is served; null = not yet.
 */
export function blame(
  onsetAt: number,
  changedAt: number | null,
  spanMs: number,
): { leadsTo: Consequence; pages: boolean } {
  const isSuspect = changedAt !== null && changedAt <= onsetAt && changedAt >= onsetAt - spanMs;
  return isSuspect ? { leadsTo: 'ROLLBACK', pages: true } : { leadsTo: 'PAUSE', pages: true };
}
