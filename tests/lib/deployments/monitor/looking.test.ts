import { describe, expect, it } from 'vitest';
import { monitorDefaults } from '../../../../src/lib/deployments/monitor/Settings.js';
import { riskDefaults } from '../../../../src/lib/deployments/risk/RiskPolicy.js';
import { deployedAt, minuteMs, MonitorGround, well } from './ground.js';

const { everyMs } = monitorDefaults;

it('the defaults are the seed’s numbers', () => {
  expect(monitorDefaults).toEqual({
    ...{ forMs: 3_600_000, everyMs: 30_000, inARow: 10, minRuns: 200, externalServices: [] },
    limits: { errors: 0.2, responseTimes: 0.5, memory: 0.3 },
  });
  expect(riskDefaults.rules).toEqual({
    critical: {
      ...{ action: 'rollback', asks: false, tell: ['operations', 'dev-team', 'management'], pages: true },
    },
    high: { action: 'gradual-rollback', asks: false, tell: ['operations', 'dev-team'], pages: true },
    medium: { action: 'pause', asks: false, tell: ['operations', 'dev-team'], pages: false },
    low: { action: 'tell', asks: false, tell: ['operations'], pages: false },
  });
});

describe('one look', () => {
  /** So many runs a minute, for so long. */
  async function watched(runsAMinute: number, minutes: number): Promise<MonitorGround> {
    const ground = new MonitorGround();
    ground.traffic = () => ({ guilds: 1, runs: runsAMinute, failures: 0, ms: 80 });
    await ground.begin();
    await ground.watch(minutes * minuteMs);
    return ground;
  }

  it.each([
    [100, '500 runs'],
    [40, '200 runs'],
    [20, '300 runs'],
    [10, '300 runs'],
  ])('with %i runs a minute rests on the shortest time that holds enough', async (runs, said) => {
    const ground = await watched(runs, 40);
    expect(ground.reading('error-rates').sentence).toContain(`of ${said} failed`);
    expect(ground.reading('user-commands').sentence).toContain(`of ${runs * 5} commands worked in 5 minutes`);
  });

  it('rests on the time since the deployment alone', async () => {
    const ground = await watched(100, 3);
    expect(ground.reading('error-rates').sentence).toContain('of 300 runs failed');
  });

  it('whose thirty minutes hold too little says how little', async () => {
    const ground = await watched(5, 40);
    expect(ground.reading('error-rates')).toMatchObject({
      verdict: 'unknown',
      sentence: '150 runs lately; 200 are needed to say anything of errors.',
    });
  });
});

describe('the hour', () => {
  it('is not made longer by looks that come a little late', async () => {
    const ground = new MonitorGround();
    await ground.begin();
    while (ground.document.state === 'watching') {
      ground.now += everyMs + 20_000;
      await ground.turn();
    }
    expect(ground.now - deployedAt).toBeLessThanOrEqual(61 * minuteMs);
  });

  it('is made longer by what was missed, once more than three looks were', async () => {
    const ground = new MonitorGround();
    await ground.begin();
    const { until } = ground.document.monitor!;
    ground.now += everyMs + 3 * everyMs;
    await ground.turn();
    expect(ground.document.monitor?.until).toBe(until);
    ground.now += everyMs + 3 * everyMs + 1;
    await ground.turn();
    expect(ground.document.monitor?.until).toBe(until + 3 * everyMs + 1);
  });

  it('does not end while what was found in its last look is not done', async () => {
    const ground = new MonitorGround();
    await ground.begin();
    await ground.watch(60 * minuteMs - everyMs);
    ground.traffic = () => ({ ...well, failures: 3 });
    ground.now += everyMs;
    const found = await ground.monitor().turn(ground.document, ground.now);
    expect(found).toMatchObject({ over: null });
    ground.document = found!.next;
    const done = await ground.monitor().turn(ground.document, ground.now);
    expect(done?.over).toMatchObject({ state: 'rolled-back' });
  });

  it('one look pings once, for the gravest of what it found, where people are asked', async () => {
    const { critical } = riskDefaults.rules;
    const rules = { ...riskDefaults.rules, critical: { ...critical, asks: true } };
    const ground = new MonitorGround({ policy: { ...riskDefaults, rules } });
    await ground.begin();
    ground.probes = { pg: [1, 2, 3].map((at) => ({ at, isHealthy: false })) };
    ground.traffic = () => ({ ...well, failures: 3 });
    ground.now += everyMs;
    const found = await ground.monitor().turn(ground.document, ground.now);
    const levels = found?.next.monitor?.breaches.map(({ level }) => level) ?? [];
    expect(levels.length).toBeGreaterThan(1);
    const pings = found?.notices.filter(({ pingOnCall }) => pingOnCall) ?? [];
    expect(pings).toHaveLength(1);
    expect(JSON.stringify(pings[0]?.card)).toContain('crash storm');
    expect(pings[0]).toMatchObject({ kind: 'deployment-monitor', to: 'operations' });
  });
});

describe('errors against the guilds’ own past', () => {
  async function after(minutes: number, failing: number, from = deployedAt): Promise<MonitorGround> {
    const ground = new MonitorGround();
    await ground.begin();
    ground.expected = 0.1;
    ground.traffic = (at) => (at > from ? { ...well, failures: 0.4, failing } : well);
    await ground.watch(minutes * minuteMs);
    return ground;
  }

  it('that are as they were prove nothing', async () => {
    expect((await after(45, 2)).breaches).not.toContain('errors-proven high gradual-rollback');
  });

  it('that are six times as many are proven', async () => {
    expect((await after(45, 12)).breaches).toContain('errors-proven high gradual-rollback');
  });
});
