import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  memoryGrowth,
  memoryLimit,
  type ProcessMemory,
} from '../../../../../src/lib/health/judging/hardLimits/memory.js';
import { median, theilSenSlope } from '../../../../../src/lib/health/judging/hardLimits/theilSen.js';

const minute = 60_000;
const hour = 60 * minute;
const now = 1_000 * hour;

/** One sample every 30 seconds over five hours; `at` counts hours, 0 = now. */
function memory(bytesAt: (hours: number) => number, process = 'shard 0'): ProcessMemory {
  const samples = Array.from({ length: 600 }, (_, i) => now - 5 * hour + (i + 1) * 30_000);
  return { process, samples: samples.map((at) => ({ at, bytes: bytesAt((at - now) / hour) })) };
}

/** A leak that began 3.9 hours ago and adds 40 %. */
const leak = memory((hours) => 1e8 * (1 + 0.4 * Math.max(0, (hours + 3.9) / 3.9)));
const flat = memory(() => 1e8);

describe('memoryLimit', () => {
  it('pauses and pages when memory grew by 30 % in four hours', () => {
    expect(memoryLimit([leak], now, null)).toMatchObject({ limit: 'memory', leadsTo: 'PAUSE', pages: true });
    expect(memoryLimit([flat], now, null)).toBeNull();
  });

  it('rolls back what changed within the four hours before the onset, and nothing else', () => {
    expect(memoryLimit([leak], now, now - 4 * hour)).toMatchObject({ leadsTo: 'ROLLBACK' });
    expect(memoryLimit([leak], now, now - 9 * hour)).toMatchObject({ leadsTo: 'PAUSE' });
    expect(memoryLimit([leak], now, now - hour)).toMatchObject({ leadsTo: 'PAUSE' });
  });

  it('needs four processes of five to grow', () => {
    expect(memoryLimit([leak, leak, leak, leak, flat], now, null)).not.toBeNull();
    expect(memoryLimit([leak, leak, leak, flat], now, null)).toBeNull();
  });

  it('is moved neither by a late peak nor by noise', () => {
    expect(memoryLimit([memory((hours) => (hours > -0.2 ? 3e8 : 1e8))], now, null)).toBeNull();
    const noise = memory((hours) => 1e8 * (1 + 0.4 * Math.sin(hours * 40)));
    expect(memoryLimit([noise], now, null)).toBeNull();
  });

  it('does not judge processes younger than its span, and counts them as not growing', () => {
    const young = { ...leak, samples: leak.samples.filter(({ at }) => at > now - 2 * hour) };
    expect(memoryGrowth(young, now)).toBeNull();
    expect(memoryLimit([young], now, null)).toBeNull();
    expect(memoryLimit([leak, young], now, null)).toBeNull();
    expect(memoryLimit([], now, null)).toBeNull();
  });

  it('finds the onset within minutes', () => {
    expect(memoryGrowth(leak, now)!.onsetAt).toBeGreaterThan(now - 4 * hour);
    expect(memoryGrowth(leak, now)!.onsetAt).toBeLessThanOrEqual(now - 3.8 * hour);
  });
});

describe('theilSenSlope', () => {
  it('is the slope of a line', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000, max: 1_000 }),
        fc.integer({ min: 2, max: 30 }),
        (slope, count) => {
          const points = Array.from({ length: count }, (_, x) => ({ x, y: slope * x + 7 }));
          expect(theilSenSlope(points)).toBeCloseTo(slope, 9);
        },
      ),
    );
  });

  it('is not moved by a fifth of the points, whatever they say', () => {
    const points = Array.from({ length: 20 }, (_, x) => ({ x, y: x % 5 === 0 ? 1e9 * (x % 2) : 3 * x }));
    expect(theilSenSlope(points)).toBe(3);
  });

  it('is 0 where there is no pair', () => {
    expect(theilSenSlope([])).toBe(0);
    expect(
      theilSenSlope([
        { x: 1, y: 1 },
        { x: 1, y: 5 },
      ]),
    ).toBe(0);
  });
});

describe('median', () => {
  it('lies in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNaN();
  });
});
