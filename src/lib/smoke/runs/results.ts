/** What is kept of a run, and what is told of it. */
import type { Card } from '../../alerts/Card.js';
import { asJson } from '../../alerts/noticeSchema.js';
import { smokeFailed, smokeLost, type SmokeRunFacts, smokeWellAgain } from '../../alerts/wording/smoke.js';
import type { Json } from '../../core/Json.js';
import type { SuiteResult } from '../SmokeTest.js';
import type { SmokeRunDocument } from './documents.js';

export const failedNotice = (run: SmokeRunDocument): Json => notice(smokeFailed(factsOf(run)));
export const lostNotice = (run: SmokeRunDocument): Json => notice(smokeLost(factsOf(run)));
export const wellAgainNotice = (run: SmokeRunDocument): Json => notice(smokeWellAgain(factsOf(run)));

function notice(card: Card): Json {
  return asJson({ kind: 'smoke', to: 'operations', card });
}

/** `the suite smoke`, `the test gateway` */
export function nameOf(what: SmokeRunDocument['what']): string {
  return 'suite' in what ? `the suite ${what.suite}` : `the test ${what.test}`;
}

/** Names of those that failed, with commas between them; empty where none did. */
export function failedIn({ result }: SmokeRunDocument): string {
  return (result?.results ?? [])
    .flatMap(({ name, verdict }) => (verdict === 'failed' ? [name] : []))
    .join(',');
}

function factsOf(run: SmokeRunDocument): SmokeRunFacts {
  const failed = (run.result?.results ?? []).filter(({ verdict }) => verdict === 'failed');
  return { id: run.id, what: nameOf(run.what), by: { id: run.created.by, name: run.created.name }, failed };
}

/** Enough to mend it by, and little enough to keep fifty of. */
const keptFindings = 20;
const longestText = 1_000;

export function trimmed(result: SuiteResult): NonNullable<SmokeRunDocument['result']> {
  const results = result.results.map((one) => ({
    ...one,
    sentence: one.sentence.slice(0, longestText),
    findings: one.findings
      .filter(({ ok }) => !ok)
      .slice(0, keptFindings)
      .map(({ what, ok, detail }) => ({
        ...{ what: what.slice(0, longestText), ok, detail: detail.slice(0, longestText) },
      })),
  }));
  return { ...result, results, leftOut: [...result.leftOut] };
}
