/** What people say of features: taken in, counted for the judge, read by staff, and forgotten in time. */
import type { Clock } from '../../core/Clock.js';
import type { Ledger } from '../../state/Store.js';
import type { CriticalReport } from '../judging/hardLimits/userReports.js';
import type { Arm } from '../judging/units.js';
import { pack, readHeard, readSaid, readWritten, type Said, type Severity, type Written } from './entries.js';
import type { FeedbackRecords } from './FeedbackRecords.js';
import { askedSeries, countsSeries, dayOf, keptDays, textsSeries } from './series.js';
import { TooOften } from './TooOften.js';

/** One person's words. `feature` is a flag's key, or {@link somethingElse}. */
export interface Voice {
  readonly feature: string;
  readonly guild: string;
  readonly user: string;
  /** What the guild is served now. */
  readonly arm: Arm;
  /** ≤ 1000 characters; empty = none. */
  readonly text: string;
}

/** Stands for a feature that is no flag; no flag can be called so. */
export const somethingElse = 'something else';

export interface FeedbackOptions {
  readonly ledger: Ledger;
  readonly domainTime: Clock;
  readonly realTime: Clock;
}

const hourMs = 3_600_000;
/** Of one person within an hour, whatever it is about. */
const mostAnHour = 10;

export class Feedback implements FeedbackRecords {
  public constructor(private readonly options: FeedbackOptions) {}

  /** Throws {@link TooOften}, so that nobody writes a text that is refused afterwards. */
  public async mayReport(user: string, feature: string): Promise<void> {
    await this.check('report', user, feature);
  }

  /** Throws {@link TooOften}: one report a person, feature and hour of real time. */
  public report(voice: Voice, severity: Severity): Promise<void> {
    return this.take('report', voice, { severity });
  }

  /** Throws {@link TooOften}. @param stars 1…5 */
  public rate(voice: Voice, stars: number): Promise<void> {
    return this.take('rating', voice, { stars });
  }

  public async criticalReports(flag: string, sinceMs: number): Promise<readonly CriticalReport[]> {
    const said = await this.said(flag, sinceMs, this.options.domainTime.now() + 1);
    return said
      .filter(({ severity }) => severity === 'critical')
      .map(({ user, guild, arm, at }) => ({ reporter: user, guild, hasFeature: arm === 'canary', at }));
  }

  public async ratings(
    flag: string,
    fromMs: number,
    toMs: number,
  ): Promise<readonly { readonly guild: string; readonly arm: Arm; readonly stars: number }[]> {
    const said = await this.said(flag, fromMs, toMs);
    return said.flatMap(({ guild, arm, stars }) => (stars === undefined ? [] : [{ guild, arm, stars }]));
  }

  /** Everything that was said of a feature from `fromMs` up to but not at `toMs`, domain time, oldest first. */
  public async said(feature: string, fromMs: number, toMs: number): Promise<readonly Said[]> {
    const days = range(Math.max(dayOf(fromMs), dayOf(toMs) - keptDays), dayOf(toMs));
    const rows = await Promise.all(days.map((day) => this.options.ledger.read(countsSeries(day, feature))));
    return rows.flatMap(readSaid).filter(({ at }) => at >= fromMs && at < toMs);
  }

  /** What people wrote of a feature, newest first, as long as it is kept. */
  public async texts(feature: string): Promise<readonly Written[]> {
    const today = dayOf(this.options.domainTime.now());
    const days = range(today - keptDays, today);
    const rows = await Promise.all(days.map((day) => this.options.ledger.read(textsSeries(day, feature))));
    return rows.flatMap(readWritten).sort((one, other) => other.at - one.at);
  }

  private async take(
    kind: 'report' | 'rating',
    { feature, guild, user, arm, text }: Voice,
    what: { readonly severity: Severity } | { readonly stars: number },
  ): Promise<void> {
    await this.check(kind, user, feature);
    const { ledger, domainTime, realTime } = this.options;
    const at = domainTime.now();
    const now = realTime.now();
    const said: Said = { at, guild, user, arm, ...what };
    const day = dayOf(at);
    // Two processes may hear the same person at once: the batch counts it once. It names the hour, since a store may remember a
    // batch for a moment longer than this person has to wait.
    await ledger.append(`feedback.${kind}.${user}.${feature}.${hourOf(now)}`, [
      { series: countsSeries(day, feature), row: pack([said]) },
      { series: askedSeries(hourOf(now), user), row: pack([{ kind, feature, at: now }]) },
      ...(text === '' ? [] : [{ series: textsSeries(day, feature), row: pack([{ ...said, text }]) }]),
    ]);
  }

  private async check(kind: 'report' | 'rating', user: string, feature: string): Promise<void> {
    const { ledger, realTime } = this.options;
    const now = realTime.now();
    const hours = [hourOf(now) - 1, hourOf(now)];
    const rows = await Promise.all(hours.map((hour) => ledger.read(askedSeries(hour, user))));
    const recent = rows.flatMap(readHeard).filter(({ at }) => at > now - hourMs && at <= now);
    const same = recent.find((heard) => heard.kind === kind && heard.feature === feature);
    const verb = kind === 'report' ? 'reported a problem with' : 'rated';
    if (same !== undefined)
      throw new TooOften(`You ${verb} ${feature} less than an hour ago: the team has it.`, same.at + hourMs);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= mostAnHour)
      throw new TooOften('That is as much as one person can say within an hour.', oldest.at + hourMs);
  }
}

const hourOf = (at: number): number => Math.floor(at / hourMs);

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
