/** From a verdict to what becomes of the rollout. */
import { explain } from '../../health/judging/explanation.js';
import { reportLimit, reportLimitDefaults } from '../../health/judging/hardLimits/userReports.js';
import type { Verdict } from '../../health/judging/verdict.js';
import { type Change, unchanged } from '../change.js';
import { hold, pause, resume, tell } from '../decisions.js';
import { rollBack } from '../endings.js';
import { measuredGuilds, type Moment } from '../moment.js';
import type { EvidenceDocument, RolloutDocument } from '../documents.js';
import type { Measured } from './findings.js';
import { guardId, intervalOver, isProven, ticksOf } from './guards.js';
import { sourceTells } from './sources/sourceFindings.js';

/** @param goOn what follows where the judge has nothing against it */
export async function afterVerdict(
  document: RolloutDocument,
  verdict: Verdict,
  moment: Moment,
  goOn: () => Promise<Change>,
): Promise<Change> {
  if (verdict.action === 'ROLLBACK') return rollBack(document, moment, verdict);
  if (document.state === 'paused') return whilePaused(document, verdict, moment);
  switch (verdict.action) {
    case 'PAUSE':
      return pause(document, moment, verdict, verdict.endsWith ?? 'person');
    case 'HOLD':
      return hold(document, moment, verdict);
    case 'CONTINUE':
      return goOn();
  }
}

function whilePaused(document: RolloutDocument, verdict: Verdict, moment: Moment): Change {
  const endsByItself = document.pause?.endsWith === 'cause';
  if (verdict.action !== 'PAUSE') return endsByItself ? resume(document, moment) : unchanged(document);
  // Something came to it that does not pass by itself.
  return endsByItself && verdict.endsWith === 'person'
    ? pause(document, moment, verdict, 'person')
    : unchanged(document);
}

/** Guards that only tell. */
export function tellOfGuards(
  document: RolloutDocument,
  evidence: EvidenceDocument,
  moment: Moment,
  { reports, now, realNow, ticks }: Pick<Measured, 'reports' | 'now' | 'realNow' | 'ticks'>,
): Change {
  const { guards, limits } = document.plan;
  const found = guards
    .filter((guard) => guard.action === 'notify' && isProven(guard, evidence.guards[guardId(guard)]))
    // An interval is a search through all ticks: not for what was told already.
    .filter((guard) => !document.told.includes(guardId(guard)))
    .map((guard) => {
      const peakLnE = evidence.guards[guardId(guard)]?.peakLnE ?? 0;
      const interval = intervalOver(ticksOf(guard.metric, ticks()), evidence.startsAt);
      const comparison = { ...guard, leadsTo: 'PAUSE' as const, peakLnE, interval };
      return { guard: guardId(guard), text: explain(comparison, measuredGuilds(document.progress)).text };
    });
  const reported =
    limits.reports.action === 'notify'
      ? reportLimit(reports, now, false, {
          ...reportLimitDefaults,
          maxReporters: limits.reports.maxReporters,
        })
      : null;
  const people = Number(reported?.facts['reporters'] ?? 0);
  return tell(document, moment, [
    ...found,
    ...sourceTells(document, evidence, realNow),
    ...(reported === null
      ? []
      : [{ guard: 'reports', text: `${people} people reported critical problems within 2 h.` }]),
  ]);
}
