import type { Card, Notice } from '../../alerts/Card.js';
import { asJson } from '../../alerts/noticeSchema.js';
import type { Clock } from '../../core/Clock.js';
import type { Store } from '../../state/Store.js';
import { commitWithin } from '../commitWithin.js';
import type { LeaderDuty } from '../Duty.js';

const weekMs = 7 * 24 * 60 * 60 * 1000;

export interface DigestingOptions {
  readonly store: Pick<Store, 'commit' | 'getMany' | 'time'>;
  /** Domain time. */
  readonly clock: Clock;
  /** What to tell staff now; null where there is nothing to tell. */
  readonly digest: () => Card | null;
}

/**
 * Tells staff once a week what could be tidied up. `settings:digest` says when it was last done; it moves in the same commit as
 * the notice, so that there is one digest a week whoever leads. The first is due a week after the first start.
 */
export function digesting({ store, clock, digest }: DigestingOptions): LeaderDuty {
  return {
    name: 'digest',
    where: 'leader',
    everyMs: 60_000,
    turn: async (fence) => {
      const [document = null] = await store.getMany('settings', ['digest']);
      const now = clock.now();
      const lastAt = typeof document?.lastAt === 'number' ? document.lastAt : undefined;
      if (lastAt !== undefined && now < lastAt + weekMs) return;
      const card = lastAt === undefined ? null : digest();
      const notice: Notice | undefined =
        card === null ? undefined : { kind: 'digest', to: 'operations', card };
      await commitWithin(store, {
        fence,
        changes: [
          { ns: 'settings', key: 'digest', expect: document?.v ?? 0, next: { schema: 1, lastAt: now } },
        ],
        audit: [],
        outbox: notice === undefined ? [] : [asJson(notice)],
      });
    },
  };
}
