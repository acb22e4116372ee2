import { describe, expect, it } from 'vitest';
import { probeLimit, storeGapLimit } from '../../../../../src/lib/health/judging/hardLimits/probes.js';

const minute = 60_000;

/** `.` healthy, `x` failed; one a minute. */
const results = (line: string) => [...line].map((mark, i) => ({ at: i * minute, isHealthy: mark === '.' }));

describe('probeLimit', () => {
  it('pauses and pages when three of the last five probes failed', () => {
    expect(probeLimit('postgres', results('...x.xx'), null)).toMatchObject({
      limit: 'database',
      leadsTo: 'PAUSE',
      pages: true,
      facts: { probe: 'postgres', failed: 3 },
    });
    expect(probeLimit('postgres', results('xxx.....x.x'), null)).toBeNull();
    expect(probeLimit('postgres', [], null)).toBeNull();
  });

  it('rolls back what changed within the four hours before the first failure', () => {
    const failing = results(`${'.'.repeat(300)}xxx`);
    expect(probeLimit('postgres', failing, 299 * minute)).toMatchObject({ leadsTo: 'ROLLBACK' });
    expect(probeLimit('postgres', failing, 50 * minute)).toMatchObject({ leadsTo: 'PAUSE' });
    expect(probeLimit('postgres', failing, 301 * minute)).toMatchObject({ leadsTo: 'PAUSE' });
  });
});

describe('storeGapLimit', () => {
  it('pauses after more than five minutes without our store', () => {
    expect(storeGapLimit(5 * minute)).toBeNull();
    expect(storeGapLimit(5 * minute + 1)).toMatchObject({ limit: 'state-store', leadsTo: 'PAUSE' });
  });
});
