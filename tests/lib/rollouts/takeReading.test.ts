import { describe, expect, it } from 'vitest';
import { prometheusMetrics } from '../../../src/lib/health/sources/planSchema.js';
import {
  forgiven,
  newSourceState,
  takeReading,
} from '../../../src/lib/rollouts/judging/sources/takeReading.js';
import { builtInPlan } from '../../../src/lib/rollouts/plans/builtIn.js';

const prometheus = prometheusMetrics.parse({
  url: 'http://prometheus:9090',
  metrics: [
    { name: 'pauses', bad: 'a{arm="$arm"}', exposure: 'b{arm="$arm"}' },
    { name: 'rolls-back', bad: 'a{arm="$arm"}', exposure: 'b{arm="$arm"}', action: 'rollback' },
    { name: 'queue', value: 'q', above: 5 },
  ],
});
const [pausing, rollingBack, queue] = prometheus.metrics as [never, never, never];
const minute = 60_000;
const tick = { canary: { bad: 5, exposure: 10 }, control: { bad: 1, exposure: 90 } };
const arms = (from: number, to: number) => ({
  span: { from, to },
  servedAt: 0,
  reading: { kind: 'arms', tick } as const,
});

describe('what another system said', () => {
  it('is taken in once, whoever asks how often and whoever else asked meanwhile', () => {
    const once = takeReading(newSourceState(pausing, 0), arms(0, 5 * minute));
    expect(once).toMatchObject({ until: 5 * minute, heardAt: 5 * minute, canary: tick.canary });
    expect(once.evidence?.lnE).toBeGreaterThan(0);
    expect(takeReading(once, arms(0, 5 * minute))).toBe(once);
    expect(takeReading(once, arms(2 * minute, 7 * minute))).toBe(once);
    expect(takeReading(once, arms(5 * minute, 10 * minute)).canary).toEqual({ bad: 10, exposure: 20 });
  });

  it('as silence moves nothing on, and the same silence writes nothing', () => {
    const before = takeReading(newSourceState(pausing, 0), arms(0, 5 * minute));
    const span = { from: 5 * minute, to: 10 * minute };
    const silent = takeReading(before, { span, servedAt: 0, reading: { kind: 'no data', why: 'HTTP 500' } });
    expect(silent).toEqual({ ...before, silence: 'HTTP 500' });
    expect(takeReading(silent, { span, servedAt: 0, reading: { kind: 'no data', why: 'HTTP 500' } })).toBe(
      silent,
    );
    expect(takeReading(silent, arms(5 * minute, 10 * minute)).silence).toBeNull();
  });

  it('is forgiven by whoever resumes where it only pauses; what rolls back runs on', () => {
    const sources = {
      pauses: takeReading(newSourceState(pausing, 0), arms(0, minute)),
      'rolls-back': takeReading(newSourceState(rollingBack, 0), arms(0, minute)),
      queue: takeReading(newSourceState(queue, 0), {
        span: { from: 0, to: minute },
        servedAt: 0,
        reading: { kind: 'value', value: 9 },
      }),
    };
    const after = forgiven({ ...builtInPlan(), prometheus }, sources);
    expect(after['rolls-back']).toBe(sources['rolls-back']);
    expect(after['pauses']).toMatchObject({ until: minute, canary: { bad: 0, exposure: 0 } });
    expect(after['pauses']?.evidence?.peakLnE).toBe(0);
    expect(after['queue']).toMatchObject({ until: minute, value: null });
  });
});
