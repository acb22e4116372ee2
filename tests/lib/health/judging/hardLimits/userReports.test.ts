import { describe, expect, it } from 'vitest';
import {
  reportLimit,
  type CriticalReport,
} from '../../../../../src/lib/health/judging/hardLimits/userReports.js';

const hour = 3_600_000;
const now = 100 * hour;

function reports(count: number, of: (i: number) => Partial<CriticalReport> = () => ({})): CriticalReport[] {
  return Array.from({ length: count }, (_, i) => ({
    reporter: `person ${i}`,
    guild: `guild ${i % 2}`,
    hasFeature: true,
    at: now - i,
    ...of(i),
  }));
}

describe('reportLimit', () => {
  it('rolls back on more than five reporters from two guilds, where reports are a trigger', () => {
    expect(reportLimit(reports(6), now, true)).toMatchObject({ limit: 'user-reports', leadsTo: 'ROLLBACK' });
    expect(reportLimit(reports(6), now, false)).toMatchObject({ leadsTo: 'PAUSE' });
    expect(reportLimit(reports(5), now, true)).toBeNull();
  });

  it('only pauses where guilds without the feature report as well', () => {
    const mixed = reports(7, (i) => (i === 6 ? { guild: 'without', hasFeature: false } : {}));
    expect(reportLimit(mixed, now, true)).toMatchObject({ leadsTo: 'PAUSE', facts: { guildsWithout: 1 } });
  });

  it('is not moved by one guild or one person, however often they report', () => {
    expect(
      reportLimit(
        reports(2_000, () => ({ guild: 'one' })),
        now,
        true,
      ),
    ).toBeNull();
    expect(
      reportLimit(
        reports(2_000, () => ({ reporter: 'one' })),
        now,
        true,
      ),
    ).toBeNull();
  });

  it('looks two hours back and never ahead', () => {
    expect(
      reportLimit(
        reports(6, () => ({ at: now - 2 * hour })),
        now,
        true,
      ),
    ).toBeNull();
    expect(
      reportLimit(
        reports(6, () => ({ at: now + 1 })),
        now,
        true,
      ),
    ).toBeNull();
  });
});
