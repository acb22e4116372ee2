import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/lib/health/judging/decide.js';
import type { HardLimit } from '../../../../src/lib/health/judging/hardLimits/HardLimit.js';
import type { Comparison, Findings, PhaseProgress } from '../../../../src/lib/health/judging/verdict.js';

const hour = 3_600_000;

function comparison(changes: Partial<Comparison> = {}): Comparison {
  const interval = { ratio: 1.05, lower: 0.8, upper: 1.6 };
  return {
    metric: 'errors',
    margin: 1.2,
    alpha: 0.006,
    leadsTo: 'ROLLBACK',
    peakLnE: 0,
    interval,
    ...changes,
  };
}

function phase(changes: Partial<PhaseProgress> = {}): PhaseProgress {
  return {
    elapsedMs: 48 * hour,
    durationMs: 48 * hour,
    isCompared: true,
    isLast: false,
    activeCanaryGuilds: 40,
    expectedCanaryGuilds: 50,
    judgedCommands: 2_000,
    usualDailyCommands: 3_000,
    areProbesGreen: true,
    ...changes,
  };
}

function findings({
  phase: progress,
  ...changes
}: Partial<Omit<Findings, 'phase'>> & { phase?: Partial<PhaseProgress> } = {}): Findings {
  return {
    comparisons: [comparison(), comparison({ margin: 1, alpha: 0.02, leadsTo: 'PAUSE' })],
    hardLimits: [],
    failedSmokeTests: [],
    msSinceFlush: 5_000,
    sampleRatio: null,
    incident: null,
    phase: phase(progress),
    ...changes,
  };
}

const limit = (leadsTo: 'ROLLBACK' | 'PAUSE'): HardLimit => ({
  limit: 'memory',
  leadsTo,
  pages: true,
  facts: {},
});
const mismatch = { canary: 1, control: 99, expectedShare: 0.5, lnE: 30, lnLimit: 7, isMismatch: true };
const codes = (given: Findings): string[] => decide(given).reasons.map(({ code }) => code);

describe('decide', () => {
  it('continues once the time is over and nothing was found, and says what it could have missed', () => {
    const verdict = decide(findings());
    expect(verdict).toEqual({
      action: 'CONTINUE',
      reasons: [{ code: 'NOTHING_FOUND', metric: 'errors', couldHaveMissed: 1.6 }],
      endsWith: null,
      asksStaff: false,
    });
  });

  it('rolls back on evidence, a hard limit or a failed smoke test, before anything else', () => {
    const worst = {
      hardLimits: [limit('PAUSE')],
      msSinceFlush: null,
      sampleRatio: mismatch,
      incident: 'API outage',
      phase: { elapsedMs: 0 },
    };
    const proven = comparison({ peakLnE: Math.log(1 / 0.006) + 1e-9 });
    expect(decide(findings({ ...worst, comparisons: [proven] })).action).toBe('ROLLBACK');
    expect(decide(findings({ ...worst, hardLimits: [limit('ROLLBACK')] })).action).toBe('ROLLBACK');
    expect(decide(findings({ ...worst, failedSmokeTests: ['login'] })).action).toBe('ROLLBACK');
    expect(decide(findings(worst)).action).toBe('PAUSE');
  });

  it('rolls back at exactly 1/alpha and not before', () => {
    const at = (peakLnE: number): string =>
      decide(findings({ comparisons: [comparison({ peakLnE })] })).action;
    expect(at(-Math.log(0.006))).toBe('ROLLBACK');
    expect(at(-Math.log(0.006) - 1e-9)).toBe('CONTINUE');
  });

  it('pauses for lesser evidence, silence, a wrong share of guilds or an incident, and names them all', () => {
    const lesser = comparison({ margin: 1, alpha: 0.02, leadsTo: 'PAUSE', peakLnE: 4 });
    const all = findings({
      comparisons: [lesser],
      hardLimits: [limit('PAUSE')],
      msSinceFlush: 91_000,
      sampleRatio: mismatch,
      incident: 'API outage',
    });
    expect(decide(all)).toMatchObject({ action: 'PAUSE', endsWith: 'person' });
    expect(codes(all)).toEqual([
      'HARD_LIMIT',
      'EVIDENCE',
      'NO_TELEMETRY',
      'SAMPLE_RATIO_MISMATCH',
      'INCIDENT',
    ]);
  });

  it('never takes missing telemetry for health', () => {
    for (const msSinceFlush of [null, NaN, Infinity, 90_001]) {
      expect(decide(findings({ msSinceFlush }))).toMatchObject({ action: 'PAUSE', endsWith: 'cause' });
    }
    expect(decide(findings({ msSinceFlush: 90_000 })).action).toBe('CONTINUE');
  });

  it('ends a pause with its cause only where silence or an incident is all there is', () => {
    expect(decide(findings({ incident: 'API outage' })).endsWith).toBe('cause');
    expect(decide(findings({ incident: 'API outage', sampleRatio: mismatch })).endsWith).toBe('person');
  });

  it('holds until time and exposure are enough', () => {
    expect(codes(findings({ phase: { elapsedMs: hour } }))).toEqual(['TIME_NOT_OVER']);
    expect(codes(findings({ phase: { activeCanaryGuilds: 9 } }))).toEqual(['TOO_FEW_GUILDS']);
    expect(codes(findings({ phase: { judgedCommands: 499 } }))).toEqual(['TOO_FEW_COMMANDS']);
    const silent = findings({ phase: { judgedCommands: 0, activeCanaryGuilds: 0, usualDailyCommands: 0 } });
    expect(codes(silent)).toEqual(['TOO_FEW_GUILDS', 'TOO_FEW_COMMANDS']);
  });

  it('asks less of small and quiet phases, but never nothing', () => {
    const small = {
      activeCanaryGuilds: 2,
      expectedCanaryGuilds: 3,
      judgedCommands: 30,
      usualDailyCommands: 30,
    };
    expect(decide(findings({ phase: small })).action).toBe('CONTINUE');
    expect(codes(findings({ phase: { ...small, activeCanaryGuilds: 1 } }))).toEqual(['TOO_FEW_GUILDS']);
    expect(codes(findings({ phase: { ...small, judgedCommands: 29 } }))).toEqual(['TOO_FEW_COMMANDS']);
  });

  it('asks staff about a phase that holds past twice its duration, and never advances silently', () => {
    const held = { activeCanaryGuilds: 0, elapsedMs: 96 * hour };
    expect(decide(findings({ phase: held }))).toMatchObject({ action: 'HOLD', asksStaff: false });
    expect(decide(findings({ phase: { ...held, elapsedMs: 96 * hour + 1 } }))).toMatchObject({
      action: 'HOLD',
      asksStaff: true,
    });
  });

  it('asks of a phase of hand-picked targets one active target and green probes, and says it is not comparable', () => {
    const targets = { isCompared: false, activeCanaryGuilds: 1, judgedCommands: 1 };
    expect(decide(findings({ phase: targets })).reasons).toEqual([{ code: 'NOT_COMPARABLE' }]);
    expect(codes(findings({ phase: { ...targets, activeCanaryGuilds: 0 } }))).toEqual(['TOO_FEW_GUILDS']);
    expect(codes(findings({ phase: { ...targets, areProbesGreen: false } }))).toEqual(['PROBES_NOT_GREEN']);
  });

  it('goes on from the last phase by itself only where every rollback ratio is surely below the tolerance', () => {
    const last = (upper: number | null) =>
      decide(
        findings({
          phase: { isLast: true },
          comparisons: [comparison({ interval: { ratio: 1, lower: 0.7, upper } })],
        }),
      );
    expect(last(1.99).action).toBe('CONTINUE');
    for (const upper of [2, 7, null]) {
      expect(last(upper)).toMatchObject({
        action: 'HOLD',
        asksStaff: true,
        reasons: [{ code: 'INCONCLUSIVE' }],
      });
    }
  });

  it('continues only where nothing at all speaks for anything else', () => {
    const anyFindings = fc.record({
      msSinceFlush: fc.constantFrom(null, 0, 200_000),
      incident: fc.constantFrom(null, 'API outage'),
      sampleRatio: fc.constantFrom(null, mismatch),
      failedSmokeTests: fc.constantFrom([], ['login']),
      hardLimits: fc.subarray([limit('PAUSE'), limit('ROLLBACK')]),
      phase: fc.record({
        elapsedMs: fc.constantFrom(0, 48 * hour),
        activeCanaryGuilds: fc.constantFrom(0, 40),
        judgedCommands: fc.constantFrom(0, 2_000),
      }),
    });
    fc.assert(
      fc.property(anyFindings, (given) => {
        const { msSinceFlush, incident, sampleRatio, failedSmokeTests, hardLimits } = given;
        const isRollback =
          failedSmokeTests.length > 0 || hardLimits.some(({ leadsTo }) => leadsTo === 'ROLLBACK');
        const isPause =
          msSinceFlush !== 0 || incident !== null || sampleRatio !== null || hardLimits.length > 0;
        const isHold = Object.values(given.phase).includes(0);
        const expected = isRollback ? 'ROLLBACK' : isPause ? 'PAUSE' : isHold ? 'HOLD' : 'CONTINUE';
        expect(decide(findings(given)).action).toBe(expected);
      }),
    );
  });
});
