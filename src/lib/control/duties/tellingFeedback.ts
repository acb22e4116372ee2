import { z } from 'zod';
import type { Notice } from '../../alerts/Card.js';
import { asJson } from '../../alerts/noticeSchema.js';
import { feedbackNews, type FeedbackFacts } from '../../alerts/wording/feedback.js';
import type { Clock } from '../../core/Clock.js';
import type { Said } from '../../health/feedback/entries.js';
import type { Feedback } from '../../health/feedback/Feedback.js';
import { countsBetween, dayMs, dayOf, featureOf } from '../../health/feedback/series.js';
import type { Store } from '../../state/Store.js';
import { commitWithin } from '../commitWithin.js';
import type { LeaderDuty } from '../Duty.js';

export interface TellingFeedbackOptions {
  readonly store: Pick<Store, 'commit' | 'getMany' | 'time' | 'ledger'>;
  readonly feedback: Pick<Feedback, 'said'>;
  readonly domainTime: Clock;
  readonly realTime: Clock;
  /** Is it a flag that is on for somebody? */
  readonly isOn: (feature: string) => boolean;
}

/** By feature: the newest that was told (domain time), and when it was told (real time). */
const told = z.record(z.string(), z.object({ upTo: z.number(), at: z.number() }));

/** Between two notices of one feature, ms of real time: 2,000 reports are a few notices. */
const gapMs = { critical: 60_000, report: 600_000, rating: 3_600_000 } as const;

/** Tells staff that people said something, a notice a feature and while. `settings:feedback` moves in the same commit. */
export function tellingFeedback(options: TellingFeedbackOptions): LeaderDuty {
  const { store, feedback, domainTime, realTime, isOn } = options;
  return {
    name: 'feedback',
    where: 'leader',
    everyMs: 15_000,
    turn: async (fence) => {
      const now = domainTime.now();
      const [document = null] = await store.getMany('settings', ['feedback']);
      const read = told.safeParse(document?.told);
      const known = read.success ? read.data : {};
      const series = await store.ledger.series(...countsBetween(dayOf(now) - 1, dayOf(now) + 1));
      const notices: Notice[] = [];
      // What lies further back is never looked at again.
      const next = Object.fromEntries(Object.entries(known).filter(([, { upTo }]) => upTo > now - 2 * dayMs));
      for (const feature of new Set(series.map(featureOf))) {
        const before = known[feature] ?? { upTo: now - dayMs, at: Number.NEGATIVE_INFINITY };
        const fresh = await feedback.said(feature, before.upTo + 1, now + 1);
        if (fresh.length === 0 || realTime.now() - before.at < gapMs[worst(fresh)]) continue;
        notices.push({
          kind: 'feedback',
          to: 'operations',
          card: feedbackNews(facts(feature, fresh, isOn(feature))),
        });
        next[feature] = { upTo: Math.max(...fresh.map(({ at }) => at)), at: realTime.now() };
      }
      if (notices.length === 0) return;
      await commitWithin(store, {
        fence,
        changes: [
          { ns: 'settings', key: 'feedback', expect: document?.v ?? 0, next: { schema: 1, told: next } },
        ],
        audit: [],
        outbox: notices.map(asJson),
      });
    },
  };
}

function worst(said: readonly Said[]): keyof typeof gapMs {
  if (said.some(({ severity }) => severity === 'critical')) return 'critical';
  return said.some(({ severity }) => severity !== undefined) ? 'report' : 'rating';
}

function facts(feature: string, said: readonly Said[], isOn: boolean): FeedbackFacts {
  const critical = said.filter(({ severity }) => severity === 'critical').length;
  const stars = said.flatMap((one) => (one.stars === undefined ? [] : [one.stars]));
  return {
    feature,
    critical,
    otherReports: said.length - stars.length - critical,
    ratings: stars.length,
    meanStars: stars.length === 0 ? undefined : stars.reduce((sum, one) => sum + one, 0) / stars.length,
    guilds: new Set(said.map(({ guild }) => guild)).size,
    guildsWith: new Set(said.filter(({ arm }) => arm === 'canary').map(({ guild }) => guild)).size,
    isOn,
  };
}
