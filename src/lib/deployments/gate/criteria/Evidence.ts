/** What is known of a stage once its command has ended: its numbers, each with where it comes from, and what is missing. */
import type { StageReports } from '../reports/ReportFiles.js';
import type { Covered, Report, ReportKind } from '../reports/Report.js';
import { usualPlaces } from '../reports/usualPlaces.js';
import type { GateStage } from '../file/GateFile.js';
import type { KnownMeasure } from './words.js';

export type Measured =
  | { readonly value: number; readonly from: string }
  /** Why it is not known, as a sentence. */
  | { readonly missing: string };

const kindOf: Readonly<Record<Exclude<KnownMeasure, 'exit_code'>, ReportKind>> = {
  tests: 'tests',
  failures: 'tests',
  errors: 'tests',
  skipped: 'tests',
  coverage: 'coverage',
  branch_coverage: 'coverage',
  issues: 'issues',
  critical_issues: 'issues',
  high_issues: 'issues',
  medium_issues: 'issues',
  low_issues: 'issues',
};

const kindWords: Readonly<Record<ReportKind, string>> = {
  tests: 'report of tests',
  coverage: 'report of coverage',
  issues: 'security report',
  numbers: 'JSON report',
};

export class Evidence {
  public constructor(
    /** Of the last command that ran. */
    public readonly exitCode: number,
    private readonly reports: StageReports,
    private readonly stage: Pick<GateStage, 'measures' | 'reports'>,
  ) {}

  public has(kind: ReportKind): boolean {
    return this.reports.found.some(({ report }) => report.kind === kind);
  }

  /** Why nothing can be said although a report was written or promised; undefined where there is no such thing. */
  public whyUnknown(kind: ReportKind): string | undefined {
    const lost = this.reports.lost.find(
      (report) => report.isNeeded && (report.kind === undefined || report.kind === kind),
    );
    return lost && `${lost.name} ${lost.why}.`;
  }

  /** Old reports that lie about, for whoever wonders why they do not count. */
  public remarks(kind: ReportKind): string {
    const old = this.reports.lost.filter((report) => !report.isNeeded && report.kind === kind);
    return old.map(({ name, why }) => ` ${name} ${why}.`).join('');
  }

  public measure(name: string): Measured {
    if (name === 'exit_code') return { value: this.exitCode, from: 'the command' };
    const kind = isOfKnownFormat(name) ? kindOf[name] : 'numbers';
    const unknown = this.whyUnknown(kind);
    if (unknown !== undefined) return { missing: unknown };
    const reports = this.reports.found.filter(({ report }) => report.kind === kind);
    if (reports.length === 0) return { missing: this.noReport(kind) };
    if (!isOfKnownFormat(name)) return this.number(name);
    const value = total(
      name,
      reports.map(({ report }) => report),
    );
    const from = reports.map((report) => report.name).join(', ');
    return value === undefined
      ? { missing: `${from} has nothing that could be covered.` }
      : { value, from: from.length > 80 ? `${reports.length} reports` : from };
  }

  private noReport(kind: ReportKind): string {
    const where =
      this.stage.reports === undefined
        ? `it was looked for in ${usualPlaces[kind].join(', ')}; name another under reports`
        : `none of ${this.stage.reports.join(', ')} is one`;
    return `There is no ${kindWords[kind]}: ${where}.${this.remarks(kind)}`;
  }

  /** Where the stage says it stands; else at the top of a report, or the only one of that name. */
  private number(name: string): Measured {
    const path = Object.hasOwn(this.stage.measures, name) ? this.stage.measures[name] : undefined;
    const places = this.reports.found.flatMap((found) =>
      found.report.kind === 'numbers'
        ? [...found.report.values].map(([at, value]) => ({ at, value, from: found.name }))
        : [],
    );
    const exact = places.filter(({ at }) => at === (path ?? name));
    const candidates =
      exact.length > 0 || path !== undefined ? exact : places.filter(({ at }) => at.endsWith(`.${name}`));
    const [only, another] = candidates;
    const names = [...new Set(places.map(({ from }) => from))].join(', ');
    if (only === undefined) return { missing: `${names} has no number ${path ?? name}.` };
    if (another === undefined) return { value: only.value, from: only.from };
    const where = candidates.slice(0, 3).map(({ at, from }) => `${at} (${from})`);
    return {
      missing: `${name} stands in several places: ${where.join(', ')}; say which under measures, for example measures: { ${name}: ${only.at} }.`,
    };
  }
}

function isOfKnownFormat(name: string): name is keyof typeof kindOf {
  return Object.hasOwn(kindOf, name);
}

/** Undefined: nothing that could be covered. */
function total(name: keyof typeof kindOf, reports: readonly Report[]): number | undefined {
  if (name === 'coverage' || name === 'branch_coverage') {
    const part = (report: Report): Covered =>
      report.kind !== 'coverage'
        ? { covered: 0, of: 0 }
        : name === 'coverage'
          ? report.lines
          : report.branches;
    const of = sum(reports, (report) => part(report).of);
    return of === 0 ? undefined : (100 * sum(reports, (report) => part(report).covered)) / of;
  }
  return sum(reports, (report) => {
    if (report.kind === 'tests')
      return name === 'tests' || name === 'failures' || name === 'errors' || name === 'skipped'
        ? report[name]
        : 0;
    if (report.kind !== 'issues') return 0;
    const { critical, high, medium, low } = report;
    const issues: Readonly<Record<string, number>> = {
      issues: critical + high + medium + low,
      critical_issues: critical,
      high_issues: high,
      medium_issues: medium,
      low_issues: low,
    };
    return issues[name] ?? 0;
  });
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}
