import { expect, it } from 'vitest';
import { monitorDefaults } from '../../../../src/lib/deployments/monitor/Settings.js';
import { MonitorGround, well } from './ground.js';

const { everyMs } = monitorDefaults;
const quiet = { ...well, runs: 0 };

async function quietFor(looks: number): Promise<MonitorGround> {
  const ground = new MonitorGround();
  ground.traffic = () => quiet;
  await ground.begin();
  await ground.watch(looks * everyMs);
  return ground;
}

it('processes that fall silent in a quiet night are noticed all the same, after ten looks', async () => {
  const ground = await quietFor(20);
  expect(ground.reading('user-commands')).toMatchObject({ verdict: 'unknown' });
  ground.isSilent = true;
  await ground.watch(9 * everyMs);
  expect(ground.breaches).toEqual([]);
  await ground.watch(everyMs);
  expect(ground.breaches).toEqual(['no-telemetry low tell']);
});

it('a quiet night is no silence: one look without a report tells nobody', async () => {
  const ground = await quietFor(9);
  ground.isSilent = true;
  await ground.watch(everyMs);
  expect(ground.breaches).toEqual([]);
});

it('silence that lasts is told once', async () => {
  const ground = await quietFor(1);
  ground.isSilent = true;
  await ground.watch(100 * everyMs);
  expect(ground.breaches).toEqual(['no-telemetry low tell']);
});

it('silence that comes again is told again, at most every ten minutes', async () => {
  const ground = await quietFor(1);
  const silent = async (isSilent: boolean, looks: number): Promise<void> => {
    ground.isSilent = isSilent;
    await ground.watch(looks * everyMs);
  };
  await silent(true, 10);
  await silent(false, 2);
  await silent(true, 10);
  expect(ground.breaches).toHaveLength(1);
  await silent(false, 12);
  await silent(true, 10);
  expect(ground.breaches).toHaveLength(2);
});

it('a single look may be told to be enough', async () => {
  const ground = new MonitorGround({ settings: { ...monitorDefaults, inARow: 1 } });
  await ground.begin();
  ground.isSilent = true;
  await ground.watch(everyMs);
  expect(ground.breaches).toEqual(['no-telemetry low tell']);
});
