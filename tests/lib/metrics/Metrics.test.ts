import { register } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { Metrics, type MetricSources } from '../../../src/lib/metrics/Metrics.js';

const idle: MetricSources = {
  feedLagSeconds: () => 0.5,
  outbox: async () => ({ pending: 2, oldestSeconds: 30 }),
  holdsLease: () => true,
  evaluations: () => [['new_greeting', 7]],
};

async function lines(sources: Partial<MetricSources> = {}): Promise<readonly string[]> {
  return (await new Metrics({ ...idle, ...sources }).text())
    .split('\n')
    .filter((line) => !line.startsWith('#'));
}

describe('the metrics', () => {
  it('are asked for at every scrape', async () => {
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'rollouts_commits_total 0',
        'rollouts_commit_conflicts_total 0',
        'rollouts_feed_lag_seconds 0.5',
        'rollouts_outbox_pending 2',
        'rollouts_outbox_oldest_seconds 30',
        'rollouts_lease_held 1',
        'rollouts_evaluations_total{flag="new_greeting"} 7',
      ]),
    );
  });

  it('look at the outbox once a scrape', async () => {
    let looks = 0;
    await lines({ outbox: async () => ({ pending: ++looks, oldestSeconds: 0 }) });
    expect(looks).toBe(1);
  });

  it('include those of the process', async () => {
    expect((await lines()).some((line) => line.startsWith('process_resident_memory_bytes '))).toBe(true);
  });

  it('leave a gap where a value cannot be had, and tell the rest', async () => {
    const told = await lines({
      outbox: () => Promise.reject(new Error('away')),
      feedLagSeconds: () => undefined,
    });
    expect(told).toEqual(
      expect.arrayContaining([
        'rollouts_outbox_pending Nan',
        'rollouts_outbox_oldest_seconds Nan',
        'rollouts_feed_lag_seconds Nan',
        'rollouts_lease_held 1',
      ]),
    );
  });

  it('give the first 200 flags a series each, and the rest one together', async () => {
    const counts = Array.from({ length: 1_000 }, (_, index) => [`flag_${index}`, 2] as const);
    const told = (await lines({ evaluations: () => counts })).filter((line) =>
      line.includes('evaluations_total{'),
    );
    expect(told).toHaveLength(201);
    expect(told).toContain('rollouts_evaluations_total{flag="flag_199"} 2');
    expect(told).toContain('rollouts_evaluations_total{flag="(other)"} 1600');
  });

  it('count the same evaluations once, however often they are scraped', async () => {
    const metrics = new Metrics(idle);
    await metrics.text();
    expect(await metrics.text()).toContain('rollouts_evaluations_total{flag="new_greeting"} 7');
  });

  it("stay out of the host's default registry", async () => {
    await lines();
    expect(register.getMetricsAsArray()).toEqual([]);
  });
});
