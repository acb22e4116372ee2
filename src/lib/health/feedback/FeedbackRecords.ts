/** What people said of a feature, as the judge reads it. */
import type { CriticalReport } from '../judging/hardLimits/userReports.js';
import type { Arm } from '../judging/units.js';

export interface FeedbackRecords {
  /** Reports of critical problems with the flag since a domain time, oldest first. */
  criticalReports(flag: string, sinceMs: number): Promise<readonly CriticalReport[]>;
  /** Ratings of the flag given from `fromMs` up to but not at `toMs`, domain time; the arm is what the guild was served then. */
  ratings(
    flag: string,
    fromMs: number,
    toMs: number,
  ): Promise<readonly { readonly guild: string; readonly arm: Arm; readonly stars: number }[]>;
}
