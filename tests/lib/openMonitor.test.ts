/** The monitor over a real store's measurements, acting through rooms that the test stands in for. */
import { beforeEach, expect, it, vi } from 'vitest';
import { openMonitor } from '../../src/lib/openMonitor.js';
import { monitorDefaults } from '../../src/lib/deployments/monitor/Settings.js';
import { riskDefaults } from '../../src/lib/deployments/risk/RiskPolicy.js';
import type { DeploymentDocument } from '../../src/lib/deployments/documents.js';
import { Unavailable } from '../../src/lib/state/errors.js';
import { unitMs } from '../../src/lib/health/judging/units.js';
import { deployment } from './deployments/monitor/ground.js';
import { guildId, MeasuringGround } from './health/recording/ground.js';

let ground: MeasuringGround;
const rollouts = {
  status: vi.fn(),
  pause: vi.fn(),
  documents: [] as { id: string; flag: string; state: string; revision: number }[],
};
const rollbacks = { now: vi.fn(), gradual: vi.fn() };

beforeEach(async () => {
  vi.resetAllMocks();
  rollouts.documents = [
    { id: 'R1', flag: 'greeting', state: 'running', revision: 1 },
    { id: 'R2', flag: 'older', state: 'completed', revision: 1 },
    { id: 'R3', flag: 'not_ours', state: 'running', revision: 1 },
  ];
  rollouts.status.mockResolvedValue({ flag: 'greeting', guards: [] });
  ground = await MeasuringGround.open();
});

const monitor = () =>
  openMonitor({
    store: ground.store,
    records: ground.records,
    rollouts: rollouts,
    rollbacks: rollbacks,
    file: { monitor: monitorDefaults, risk: riskDefaults },
  });

/** Every guild runs so many commands, of which each `failing`th fails, and all of it is flushed. */
async function run(guilds: number, runs: number, failing: number): Promise<void> {
  const process = ground.process('one');
  for (let guild = 0; guild < guilds; guild++) {
    for (let n = 0; n < runs; n++) {
      process.plainRun(guildId(guild), { outcome: n % failing === failing - 1 ? 'error' : 'ok' });
    }
  }
  ground.now += 30_000;
  await process.flushing.flush();
}

async function watched(): Promise<DeploymentDocument> {
  const first = { ...deployment(), rollouts: ['R1', 'R2'] };
  const at = ground.now;
  const created = { ...first.created, at };
  const step = await monitor().turn({ ...first, created, entered: { testing: at } }, at);
  expect(step?.next.usual).not.toBeNull();
  return monitor().begin({ ...step!.next, state: 'watching' }, at);
}

async function step(document: DeploymentDocument): Promise<DeploymentDocument> {
  const done = await monitor().turn(document, ground.now);
  if (done === null) throw new Error('Nothing was due.');
  return done.next;
}

it('a week of measurements is what is usual, and a look reads what was flushed since', async () => {
  await run(20, 10, 100);
  ground.now += 2 * unitMs;
  const document = await watched();
  expect(document.usual).toMatchObject({ runsAUnit: 200, errorRate: 0 });
  await run(20, 20, 10);
  const looked = await step(document);
  expect(looked.monitor?.readings.find(({ check }) => check === 'error-rates')).toMatchObject({ value: 0.1 });
});

it('a crash storm reaches the rollbacks room, and a refused or unanswered press is not called done', async () => {
  const document = await watched();
  await run(10, 10, 2);
  const found = await step(document);
  expect(found.monitor?.breaches[0]).toMatchObject({
    trigger: 'crash-storm',
    action: 'rollback',
    outcome: null,
  });
  rollbacks.now.mockResolvedValueOnce({ status: 'here-only', settled: new Promise(() => undefined) });
  await expect(step(found)).rejects.toThrow(Unavailable);
  rollbacks.now.mockResolvedValueOnce({ status: 'done', rollback: { id: '7F3K' } });
  const done = await monitor().turn(found, ground.now);
  expect(rollbacks.now).toHaveBeenLastCalledWith(
    expect.objectContaining({
      flag: null,
      trigger: 'judged',
      reason: expect.stringContaining('crash storm') as string,
    }),
  );
  expect(done?.over?.state).toBe('rolled-back');
  // No driver is configured here: nobody may believe that the version is gone.
  expect(done?.over?.why).toContain('1.4.0 itself goes on running');
  expect(done?.next.monitor?.breaches[0]?.outcome).toBe('Everything is rolled back: rollback 7F3K.');
});

it('what a judge has proven takes back the flag of that rollout, and of no other', async () => {
  rollouts.status.mockResolvedValue({
    flag: 'greeting',
    guards: [{ metric: 'errors', is: 'proven', text: 'Errors ran 2.1x the control’s.' }],
  });
  rollbacks.gradual.mockResolvedValue({
    status: 'unchanged',
    rollback: { id: '8A' },
    why: 'It is off already.',
  });
  const document = await watched();
  await run(5, 2, 100);
  const acted = await step(await step(document));
  expect(rollouts.status.mock.calls).toEqual([['R1']]);
  expect(rollbacks.gradual).toHaveBeenCalledWith(expect.objectContaining({ flag: 'greeting' }));
  expect(acted.monitor?.breaches[0]?.outcome).toBe('It is off already. (rollback 8A)');
});
