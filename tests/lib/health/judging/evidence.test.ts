import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lnEvidence } from '../../../../src/lib/health/judging/eProcess.js';
import { InvalidObservation, InvalidSetting } from '../../../../src/lib/health/judging/errors.js';
import {
  afresh,
  hasReached,
  newEvidence,
  takeIn,
  type EvidenceState,
  type NumberedTick,
} from '../../../../src/lib/health/judging/evidence.js';
import { logMeanExp } from '../../../../src/lib/health/judging/logSumExp.js';
import { lnMixture } from '../../../../src/lib/health/judging/starts.js';
import type { Tick } from '../../../../src/lib/health/judging/ticks.js';
import { anyTicks, tick } from './arbitraries.js';

const hour = 3_600_000;
const healthy = tick(100, 1, 900, 9);
const harmful = tick(100, 8, 900, 9);

function numbered(ticks: readonly Tick[], everyMs = hour): NumberedTick[] {
  return ticks.map((seen, id) => ({ id, at: id * everyMs, views: [seen] }));
}

function takeInAll(state: EvidenceState, ticks: readonly NumberedTick[]): EvidenceState {
  return ticks.reduce(takeIn, state);
}

describe('takeIn', () => {
  it('agrees with lnEvidence and lnMixture over the same ticks', () => {
    fc.assert(
      fc.property(anyTicks, (ticks) => {
        const state = takeInAll(newEvidence({ margin: 1.2 }), numbered(ticks));
        const begun = ticks.flatMap((_, i) =>
          i % 6 === 0 ? [lnEvidence(ticks.slice(i), { margin: 1.2 })] : [],
        );
        expect(state.lnE).toBeCloseTo(lnMixture(begun), 6);
        expect(state.begun).toBe(begun.length);
      }),
    );
  });

  it('changes nothing when ticks are replayed, in whatever order and however often', () => {
    fc.assert(
      fc.property(anyTicks, fc.array(fc.nat({ max: 29 })), (ticks, replayed) => {
        const sent = numbered(ticks);
        const state = takeInAll(newEvidence({ margin: 1 }), sent);
        const again = replayed.flatMap((at) => sent[at] ?? []);
        expect(takeInAll(state, again)).toBe(state);
      }),
    );
  });

  it('goes on from its JSON as if it had never been written', () => {
    fc.assert(
      fc.property(anyTicks, (ticks) => {
        const inMemory = takeInAll(newEvidence({ margin: 1 }), numbered(ticks));
        const throughJson = numbered(ticks).reduce(
          (state, next) => takeIn(JSON.parse(JSON.stringify(state)) as EvidenceState, next),
          newEvidence({ margin: 1 }),
        );
        expect(throughJson).toEqual(inMemory);
      }),
    );
  });

  it('remembers the peak after the evidence has fallen again', () => {
    const ticks = [...new Array<Tick>(4).fill(harmful), ...new Array<Tick>(40).fill(healthy)];
    const state = takeInAll(newEvidence({ margin: 1 }), numbered(ticks));
    expect(state.lnE).toBeLessThan(state.peakLnE);
    expect(hasReached(state, 0.01)).toBe(true);
  });

  it('finds harm after ten healthy days nearly as soon as in a fresh rollout', () => {
    const ticksToFind = (before: number): number => {
      let state = takeInAll(newEvidence({ margin: 1.2 }), numbered(new Array<Tick>(before).fill(healthy)));
      for (let taken = 1; taken < 500; taken++) {
        const id = state.lastTick + 1;
        state = takeIn(state, { id, at: id * hour, views: [harmful] });
        if (hasReached(state, 0.006)) return taken;
      }
      return Infinity;
    };
    expect(ticksToFind(240)).toBeLessThanOrEqual(4 * ticksToFind(0));
  });

  it('begins one process after a long gap, and keeps the 6-hour rhythm after the clock went back', () => {
    const at = (id: number, time: number): NumberedTick => ({ id, at: time, views: [healthy] });
    const beforeGap = takeInAll(newEvidence({ margin: 1 }), [at(0, 0), at(1, hour)]);
    expect(beforeGap.begun).toBe(1);
    const afterGap = takeIn(beforeGap, at(2, 1_000 * hour));
    expect(afterGap.begun).toBe(2);
    const clockBack = takeIn(afterGap, at(3, 2 * hour));
    expect(clockBack.begun).toBe(2);
    expect(takeIn(clockBack, at(4, 7.9 * hour)).begun).toBe(2);
    expect(takeIn(clockBack, at(4, 8 * hour)).begun).toBe(3);
  });

  it('keeps at most a month of processes, each with its own sums, and dropping one never raises the evidence', () => {
    const seen = Array.from({ length: 200 }, (_, i) => tick(100, i % 7 === 3 ? 4 : i % 2, 900, 9 + (i % 5)));
    const state = takeInAll(newEvidence({ margin: 1 }), numbered(seen, 6 * hour));
    expect(state.begun).toBe(200);
    expect(state.live).toHaveLength(120);
    for (const { nth, sums } of state.live) {
      const lnE = lnEvidence(seen.slice(nth - 1), { margin: 1 });
      expect(logMeanExp(sums)).toBeCloseTo(lnE, 9);
    }
    const all = seen.map((_, i) => lnEvidence(seen.slice(i), { margin: 1 }));
    expect(state.lnE).toBeLessThanOrEqual(lnMixture(all) + 1e-9);
  });

  it('averages the views of one tick', () => {
    const views = [harmful, healthy, tick(50, 1, 50, 1)];
    const together = takeIn(newEvidence({ margin: 1, views: 3 }), { id: 0, at: 0, views });
    const mean = views.reduce((sum, view) => sum + Math.exp(lnEvidence([view], { margin: 1 })), 0) / 3;
    expect(together.lnE).toBeCloseTo(lnMixture([Math.log(mean)]), 12);
  });

  it('refuses ticks that cannot be', () => {
    const state = newEvidence({ margin: 1 });
    for (const wrong of [
      { id: -1, at: 0, views: [healthy] },
      { id: 0.5, at: 0, views: [healthy] },
      { id: 0, at: NaN, views: [healthy] },
      { id: 0, at: 0, views: [] },
      { id: 0, at: 0, views: [tick(1, -1, 1, 1)] },
    ]) {
      expect(() => takeIn(state, wrong)).toThrow(InvalidObservation);
    }
    expect(() => newEvidence({ margin: 0 })).toThrow(InvalidSetting);
    expect(() => newEvidence({ margin: 1, views: 0 })).toThrow(InvalidSetting);
    expect(() => hasReached(state, 1)).toThrow(InvalidSetting);
  });
});

describe('afresh', () => {
  it('forgets the evidence but not which ticks were seen', () => {
    const ticks = numbered(new Array<Tick>(5).fill(harmful));
    const resumed = afresh(takeInAll(newEvidence({ margin: 1, startEveryMs: 2 * hour }), ticks));
    expect(hasReached(resumed, 0.02)).toBe(false);
    expect(takeInAll(resumed, ticks)).toBe(resumed);
    expect(resumed).toMatchObject({ margin: 1, startEveryMs: 2 * hour, begun: 0 });
  });
});
