/** The scorecard's duties: every process says that it is there; the lease holder adds up days, and reports once a week. */
import type { Card, Notice } from '../../alerts/Card.js';
import { asJson } from '../../alerts/noticeSchema.js';
import type { Clock } from '../../core/Clock.js';
import type { Fence, Store } from '../../state/Store.js';
import { commitWithin } from '../commitWithin.js';
import type { LeaderDuty, LocalDuty } from '../Duty.js';

const weekMs = 7 * 24 * 60 * 60 * 1000;
const key = 'scorecard.report';

/** @param beat throws Unavailable; it says later what it could not say now */
export function beating(beat: () => Promise<void>): LocalDuty {
  return { name: 'heartbeat', where: 'everywhere', everyMs: 5_000, turn: beat };
}

export function collecting(collect: (fence: Fence) => Promise<void>): LeaderDuty {
  return { name: 'collect-scorecard', where: 'leader', everyMs: 60_000, turn: collect };
}

export interface ReportingOptions {
  readonly store: Pick<Store, 'commit' | 'getMany' | 'time'>;
  /** Domain time. */
  readonly clock: Clock;
  readonly report: () => Promise<Card>;
}

/**
 * `settings:scorecard.report` says when the last report went out, and moves in the same commit: one a week, whoever leads. The
 * first is due a week after the first start.
 */
export function reporting({ store, clock, report }: ReportingOptions): LeaderDuty {
  return {
    name: 'scorecard-report',
    where: 'leader',
    everyMs: 60_000,
    turn: async (fence) => {
      const [document = null] = await store.getMany('settings', [key]);
      const now = clock.now();
      const lastAt = typeof document?.lastAt === 'number' ? document.lastAt : undefined;
      if (lastAt !== undefined && now < lastAt + weekMs) return;
      const notices: Notice[] =
        lastAt === undefined ? [] : [{ kind: 'scorecard', to: 'management', card: await report() }];
      await commitWithin(store, {
        fence,
        changes: [{ ns: 'settings', key, expect: document?.v ?? 0, next: { schema: 1, lastAt: now } }],
        audit: [],
        outbox: notices.map(asJson),
      });
    },
  };
}
