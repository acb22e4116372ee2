import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../../../src/lib/core/Clock.js';
import type { Pm2Settings } from '../../../../../src/lib/deployments/file/DeploymentsFile.js';
import { Pm2 } from '../../../../../src/lib/deployments/drivers/pm2/Pm2.js';
import { Pm2Driver } from '../../../../../src/lib/deployments/drivers/pm2/Pm2Driver.js';
import { askReadyz } from '../../../../../src/lib/deployments/drivers/pm2/readiness.js';
import { childModule } from '../../../../support/child.js';
import { until } from '../../../../support/redis/until.js';
import { describePm2, startPm2Home, type Pm2Home } from '../../../../support/deployments/pm2.js';
import { driverContract, failureOf, withoutEnd, type DriverGround } from '../contract.js';
import { RecordingLogger } from '../RecordingLogger.js';

function driverOf(settings: Pm2Settings, ownId?: number, logger = new RecordingLogger()): Pm2Driver {
  return new Pm2Driver({
    settings,
    pm2: new Pm2({ bin: settings.bin, home: settings.home, logger }),
    probe: askReadyz,
    clock: systemClock,
    ownId,
    everyMs: 50,
  });
}

async function ready(home: Pm2Home, app: 'new' | 'stable'): Promise<number> {
  const answers = await Promise.all(
    home.settings[app].ready.map((url) => askReadyz(url, AbortSignal.timeout(5_000))),
  );
  return answers.filter((why) => why === null).length;
}

async function ground(): Promise<DriverGround> {
  const home = await startPm2Home();
  return {
    open: () => driverOf(home.settings),
    world: async () => ({
      stable: await ready(home, 'stable'),
      new: await ready(home, 'new'),
      traffic: null,
    }),
    spoilStable: () => home.setReady('stable', false),
    dispose: () => home.dispose(),
  };
}

async function homeForTest(): Promise<Pm2Home> {
  const home = await startPm2Home();
  onTestFinished(() => home.dispose());
  return home;
}

describePm2('on a real PM2', { timeout: 90_000 }, () => {
  driverContract('pm2', ground);

  it('an app that lost a process is scaled to what the file says', async () => {
    const home = await homeForTest();
    await home.pm2('scale', 'stable', '1');
    expect(await home.statuses('stable')).toEqual(['stopped']);
    await driverOf(home.settings).bringUp(withoutEnd());
    expect(await home.statuses('stable')).toEqual(['online', 'online']);
  });

  it('a process that runs is not restarted', async () => {
    const home = await homeForTest();
    await driverOf(home.settings).bringUp(withoutEnd());
    const before = await home.pids('stable');
    await driverOf(home.settings).bringUp(withoutEnd());
    expect(await home.pids('stable')).toEqual(before);
    expect(before).toHaveLength(2);
  });

  it('a process that takes its own version down is stopped in mid-step, and the next leader finds it done', async () => {
    const home = await homeForTest();
    const child = await childModule(
      join(import.meta.dirname, '../../../../support/deployments/takesItselfDown.ts'),
    );
    onTestFinished(() => child.dispose());
    const go = join(home.folder, 'go');
    await home.replaceNew(child.file, { GO: go, SETTINGS: JSON.stringify(home.settings) });
    await driverOf(home.settings).bringUp(withoutEnd());
    expect(await home.statuses('new')).toEqual(['online', 'online']);
    await writeFile(go, '');
    await until(
      'both are stopped',
      async () => (await home.statuses('new')).every((status) => status === 'stopped'),
      60_000,
    );
    expect(await driverOf(home.settings).takeDown(withoutEnd())).toBe('new is stopped.');
    expect(await home.statuses('stable')).toEqual(['online', 'online']);
  });

  it('whoever runs it is stopped last, for PM2 ends with it what it has begun', async () => {
    const home = await homeForTest();
    const logger = new RecordingLogger();
    const [own = 0, other] = await home.ids('new');
    const driver = driverOf(home.settings, own, logger);
    await driver.bringUp(withoutEnd());
    await driver.takeDown(withoutEnd());
    const stopped = [...logger.text.matchAll(/stopProcessId on app \[(\d+)\]/g)].map(([, id]) => Number(id));
    expect(stopped).toEqual([other, own]);
  });

  it('the new version is not stopped where the previous one is not up any more', async () => {
    const home = await homeForTest();
    const driver = driverOf(home.settings);
    await driver.bringUp(withoutEnd());
    await home.setReady('stable', false);
    const failure = await failureOf(driver.takeDown(withoutEnd()));
    expect(failure.message).toContain('was not stopped, because the other version is not ready');
    expect(failure.message).toContain('answers 503');
    expect(await home.statuses('new')).toEqual(['online', 'online']);
  });

  it('an app that PM2 does not know is named, with how to make it known, before anything is touched', async () => {
    const home = await homeForTest();
    const { stable } = home.settings;
    const driver = driverOf({ ...home.settings, stable: { ...stable, names: ['elsewhere'] } });
    for (const begin of [() => driver.plan(), () => driver.bringUp(withoutEnd())]) {
      const failure = await failureOf(begin());
      expect(failure.message).toContain('knows no app elsewhere');
      expect(failure.next).toContain('--only elsewhere');
    }
  });

  it('an app that dies at once is given up on, not waited for until the deadline', async () => {
    const home = await homeForTest();
    await home.pm2('delete', 'stable');
    await home.pm2('start', '/bin/false', '--name', 'stable', '--max-restarts', '2', '--interpreter', 'none');
    const one = { ...home.settings.stable, instances: 1, ready: [] };
    const failure = await failureOf(driverOf({ ...home.settings, stable: one }).bringUp(withoutEnd()));
    expect(failure.message).toMatch(/^PM2 gave up on stable after \d+ restarts/);
    expect(await home.statuses('new')).toEqual(['online', 'online']);
  });

  it('the log never holds what PM2 knows of the environments', async () => {
    const home = await homeForTest();
    const logger = new RecordingLogger();
    await driverOf(home.settings, undefined, logger).bringUp(withoutEnd());
    expect(logger.text).toContain('pm2 restart');
    expect(logger.text).not.toContain('pm2_env');
  });
});
