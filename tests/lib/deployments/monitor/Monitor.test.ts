import { expect, it } from 'vitest';
import { riskDefaults } from '../../../../src/lib/deployments/risk/RiskPolicy.js';
import { monitorSchema, usualSchema } from '../../../../src/lib/deployments/monitor/schema.js';
import { monitorDefaults } from '../../../../src/lib/deployments/monitor/Settings.js';
import { NotNow } from '../../../../src/lib/flags/errors.js';
import { Unavailable } from '../../../../src/lib/state/errors.js';
import { deployedAt, minuteMs, MonitorGround, well } from './ground.js';

const hourMs = 60 * minuteMs;

it('what is usual is frozen once, before the hour begins', async () => {
  const ground = new MonitorGround();
  await ground.begin();
  expect(ground.document.usual).toMatchObject({
    errorRate: 0,
    runsAUnit: 1500,
    memoryBytes: 200 * 1024 * 1024,
  });
  const { usual } = ground.document;
  ground.traffic = () => ({ ...well, ms: 9_000 });
  await ground.watch(minuteMs);
  expect(ground.document.usual).toBe(usual);
});

it('a deployment that changes nothing is healthy after an hour of looks, and says so once', async () => {
  const ground = new MonitorGround();
  await ground.begin();
  const last = await ground.watch(2 * hourMs);
  expect(last?.over).toMatchObject({ state: 'succeeded', tone: 'good' });
  expect(ground.document.monitor).toMatchObject({ looks: 120, breaches: [] });
  expect(ground.document.monitor?.series).toHaveLength(120);
  expect(ground.now).toBe(deployedAt + hourMs);
  expect([ground.notices, ground.acts]).toEqual([[], []]);
});

it('errors above the limit count only after ten looks in a row: then the flag is paused and people are told', async () => {
  const ground = new MonitorGround();
  await ground.begin();
  // Two guilds of twenty fail, which their own past lets one expect.
  ground.traffic = (at) => (at > deployedAt ? { ...well, failures: 1, failing: 2 } : well);
  await ground.watch(6 * minuteMs);
  expect(ground.reading('error-rates')).toMatchObject({ verdict: 'worse' });
  expect(ground.breaches).toEqual([]);
  await ground.watch(2 * minuteMs);
  expect(ground.reading('error-rates').verdict).toBe('breach');
  expect(ground.breaches).toEqual(['errors medium pause']);
  expect(ground.acts).toEqual(['pause new_greeting']);
  expect(ground.notices.map(({ to }) => to)).toEqual(['operations', 'dev-team', 'operations', 'dev-team']);
  await ground.watch(20 * minuteMs);
  expect(ground.breaches).toHaveLength(1);
  expect(ground.acts).toHaveLength(1);
});

it('a look that is well in between begins the count anew', async () => {
  const ground = new MonitorGround();
  await ground.begin();
  ground.traffic = () => ({ ...well, ms: 500 });
  await ground.watch(5 * minuteMs);
  expect(ground.reading('response-times').inARow).toBeGreaterThan(5);
  ground.traffic = () => well;
  await ground.watch(monitorDefaults.everyMs);
  expect(ground.reading('response-times')).toMatchObject({ verdict: 'healthy', inARow: 1 });
  ground.traffic = () => ({ ...well, ms: 500 });
  await ground.watch(9 * monitorDefaults.everyMs);
  expect(ground.breaches).toEqual([]);
  await ground.watch(monitorDefaults.everyMs);
  expect(ground.breaches).toEqual(['response-times high gradual-rollback']);
  expect(ground.acts).toEqual(['gradual new_greeting']);
});

it('fewer than 200 runs say nothing of errors and times, and that is not called healthy', async () => {
  const ground = new MonitorGround();
  ground.traffic = () => ({ ...well, guilds: 3, runs: 1 });
  await ground.begin();
  ground.traffic = () => ({ guilds: 3, runs: 1, failures: 1, failing: 1, ms: 900 });
  await ground.watch(29 * minuteMs);
  expect(ground.reading('error-rates').verdict).toBe('unknown');
  expect(ground.reading('response-times').verdict).toBe('unknown');
  expect(ground.breaches).toEqual([]);
});

it('more errors than the guilds’ own past lets one expect are proven at once, and graver', async () => {
  const ground = new MonitorGround();
  await ground.begin();
  ground.expected = 0.02;
  ground.traffic = (at) => (at > deployedAt ? { ...well, failures: 1, failing: 12 } : well);
  await ground.watch(2 * minuteMs);
  expect(ground.breaches).toEqual(['errors-proven high gradual-rollback']);
});

it('what a rollout’s judge has proven names the flag, and that one alone is taken back', async () => {
  const ground = new MonitorGround();
  ground.underWay = ['new_greeting', 'other'];
  await ground.begin();
  ground.arms = [{ flag: 'other', metric: 'errors', isProven: true, sentence: 'Errors ran 2.1x control.' }];
  await ground.watch(minuteMs);
  expect(ground.acts).toEqual(['gradual other']);
  expect(ground.document.monitor?.breaches[0]?.sentence).toBe('Errors ran 2.1x control.');
});

it('a crash storm brings the version before back at once, and that ends the hour', async () => {
  const ground = new MonitorGround();
  await ground.begin();
  ground.traffic = () => ({ ...well, failures: 3 });
  const last = await ground.watch(5 * minuteMs);
  // Errors are proven in the same look, and the graver of both is all that is done.
  expect(ground.acts).toEqual(['rollback 1.4.0']);
  expect(last?.over?.state).toBe('rolled-back');
  expect(ground.now).toBeLessThanOrEqual(deployedAt + 2 * minuteMs);
  // The rollback's own first notice does: one trouble calls once.
  expect(ground.notices.filter(({ pingOnCall }) => pingOnCall)).toEqual([]);
  expect(ground.notices.filter(({ card }) => card.title.endsWith('acted'))).toEqual([]);
  expect(new Set(ground.notices.map(({ to }) => to))).toEqual(
    new Set(['operations', 'dev-team', 'management']),
  );
});

it('a crash storm whose rollback is refused calls on-call with what a person must do, once', async () => {
  const ground = new MonitorGround();
  await ground.begin();
  ground.expected = 1;
  ground.traffic = () => ({ ...well, failures: 3 });
  ground.refusal = new NotNow('It cannot be rolled back now.', {});
  await ground.watch(monitorDefaults.everyMs);
  const called = ground.notices.filter(({ pingOnCall }) => pingOnCall);
  expect(called.map(({ card }) => card.title)).toEqual(['Commands after deployment 1.4.0: could not act']);
});

it('a database that fails three of five times counts at once', async () => {
  const ground = new MonitorGround();
  await ground.begin();
  ground.probes = { postgres: [false, true, false, false].map((isHealthy, at) => ({ at, isHealthy })) };
  await ground.watch(monitorDefaults.everyMs);
  expect(ground.breaches).toEqual(['database high gradual-rollback']);
});

it('an external service that comes and goes is neither healthy nor a breach at once', async () => {
  const settings = { ...monitorDefaults, externalServices: ['payments'] };
  const ground = new MonitorGround({ settings });
  await ground.begin();
  ground.probes = { payments: [false, true, false, true, false].map((isHealthy, at) => ({ at, isHealthy })) };
  await ground.watch(9 * monitorDefaults.everyMs);
  expect(ground.reading('external-services')).toMatchObject({ verdict: 'worse', inARow: 9 });
  expect([ground.breaches, ground.notices]).toEqual([[], []]);
  await ground.watch(monitorDefaults.everyMs);
  expect(ground.breaches).toEqual(['external-services low tell']);
  expect(ground.acts).toEqual([]);
});

it('a database that goes and comes with every look is told of every ten minutes at most', async () => {
  const ground = new MonitorGround();
  await ground.begin();
  for (let look = 0; look < 60; look++) {
    const isHealthy = look % 2 === 1;
    ground.probes = { postgres: [0, 1, 2].map((at) => ({ at, isHealthy })) };
    await ground.watch(monitorDefaults.everyMs);
  }
  expect(ground.breaches).toEqual(Array(3).fill('database high gradual-rollback'));
});

it('memory of a third more than before is a breach after ten looks', async () => {
  const ground = new MonitorGround();
  await ground.begin();
  ground.memory = 1.35 * ground.usualMemory;
  await ground.watch(10 * monitorDefaults.everyMs);
  expect(ground.breaches).toEqual(['memory high gradual-rollback']);
});

it('silence is never healthy: every check is unknown, and after ten looks people hear of it', async () => {
  const ground = new MonitorGround();
  await ground.begin();
  ground.isSilent = true;
  ground.traffic = () => ({ ...well, runs: 0 });
  await ground.watch(11 * monitorDefaults.everyMs);
  expect(ground.document.monitor?.readings.map(({ verdict }) => verdict)).toEqual(Array(6).fill('unknown'));
  expect(ground.breaches).toEqual(['no-telemetry low tell']);
});

it('a level that is set to ask does nothing by itself', async () => {
  const { rules } = riskDefaults;
  const policy = { ...riskDefaults, rules: { ...rules, critical: { ...rules.critical, asks: true } } };
  const ground = new MonitorGround({ policy });
  await ground.begin();
  ground.traffic = () => ({ ...well, failures: 3 });
  await ground.watch(2 * minuteMs);
  expect(ground.breaches).toContain('crash-storm critical ask');
  expect(ground.acts).not.toContain('rollback 1.4.0');
  expect(ground.document.state).toBe('watching');
});

it('with no rollout under way, what only flags can be used for is asked', async () => {
  const ground = new MonitorGround();
  ground.underWay = [];
  await ground.begin();
  ground.memory = 2 * ground.usualMemory;
  await ground.watch(10 * monitorDefaults.everyMs);
  expect(ground.breaches).toEqual(['memory high ask']);
  expect(ground.acts).toEqual([]);
});

it('restarted at minute 20 it goes on where it stood, and the time that nobody watched does not count', async () => {
  const ground = new MonitorGround();
  await ground.begin();
  await ground.watch(20 * minuteMs);
  const looks = ground.document.monitor?.looks ?? 0;
  expect(looks).toBe(40);
  ground.document = JSON.parse(JSON.stringify(ground.document)) as typeof ground.document;
  ground.now += 45 * minuteMs;
  const last = await ground.watch(2 * hourMs);
  expect(last?.over?.state).toBe('succeeded');
  expect(ground.document.monitor?.looks).toBeGreaterThanOrEqual(119);
  expect(ground.now).toBeGreaterThanOrEqual(deployedAt + 104 * minuteMs);
});

it('a breach is written down before it is acted upon: who dies in between leaves it to the next', async () => {
  const ground = new MonitorGround();
  await ground.begin();
  ground.traffic = () => ({ ...well, failures: 3 });
  ground.now += monitorDefaults.everyMs;
  const found = await ground.monitor().turn(ground.document, ground.now);
  expect(ground.acts).toEqual([]);
  ground.document = found!.next;
  expect(ground.monitor().dueAt(ground.document)).toBeLessThanOrEqual(ground.now);
  await ground.turn();
  expect(ground.acts).toEqual(['rollback 1.4.0']);
});

it('an action that is refused is told with its reason; one for which the store is away is tried again', async () => {
  const ground = new MonitorGround();
  await ground.begin();
  ground.traffic = () => ({ ...well, failures: 3 });
  ground.refusal = new Unavailable('The state store is away.', 'none');
  await expect(ground.watch(minuteMs)).rejects.toThrow(Unavailable);
  ground.refusal = new NotNow('There is no driver.', { next: 'Write one into deployments.yaml.' });
  await ground.watch(minuteMs);
  expect(ground.document.monitor?.breaches[0]?.outcome).toBe(
    'Not done: There is no driver. Write one into deployments.yaml.',
  );
  expect(ground.document.state).toBe('watching');
});

it('the document reads back by its schema', async () => {
  const ground = new MonitorGround();
  await ground.begin();
  ground.traffic = () => ({ ...well, failures: 3 });
  await ground.watch(minuteMs);
  expect(monitorSchema.parse(ground.document.monitor)).toEqual(ground.document.monitor);
  expect(usualSchema.parse(ground.document.usual)).toEqual(ground.document.usual);
});

it('a quarter hour that is over is read once', async () => {
  const ground = new MonitorGround();
  await ground.begin();
  const monitor = ground.monitor();
  const reads: number[] = [];
  for (let look = 0; look < 100; look++) {
    ground.now += monitorDefaults.everyMs;
    const before = ground.reads;
    const step = await monitor.turn(ground.document, ground.now);
    ground.document = step!.next;
    reads.push(ground.reads - before);
  }
  // The one that is under way, and now and then the one that ended just now.
  expect(Math.max(...reads)).toBeLessThanOrEqual(2);
  expect(reads.filter((count) => count > 1).length).toBeLessThanOrEqual(4);
});
