/** From the file as people write it to the settings as the house uses them. */
import { join } from 'node:path';
import type {
  ArgumentVector,
  DatabaseRecovery,
  DeploymentsFile,
  DriverSettings,
  Pm2App,
} from './DeploymentsFile.js';
import { alertDefaults } from '../../alerts/routing/AlertSettings.js';
import { noSmokeSettings } from '../../smoke/SmokeSettings.js';
import { alertsOf } from './alertsSection.js';
import { migrationsOf } from './migrationsSection.js';
import { monitorOf } from './monitorSection.js';
import { riskOf } from './riskSection.js';
import type { WrittenFile } from './schema.js';
import { smokeOf } from './smokeSection.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

type WrittenDriver = NonNullable<WrittenFile['driver']>;
type WrittenDatabase = NonNullable<NonNullable<WrittenFile['recovery']>['database']>;

/** @param dataDir folder of the state: snapshots lie there unless the file says otherwise */
export function layOut(written: WrittenFile, dataDir: string): DeploymentsFile {
  const { driver, recovery, drills, monitor, risk, smoke, alerts, migrations } = written;
  const snapshots = recovery?.snapshots;
  return {
    driver: driver && driverOf(driver),
    recovery: {
      database: recovery?.database && databaseOf(recovery.database),
      snapshots: {
        folder: snapshots?.folder ?? join(dataDir, 'snapshots'),
        everyMs: snapshots?.every === 'never' ? 0 : (snapshots?.every ?? dayMs),
        keep: snapshots?.keep ?? 14,
      },
    },
    drillEveryMs: drills?.every,
    migrations: migrationsOf(migrations),
    monitor: monitorOf(monitor),
    risk: riskOf(risk),
    smoke: smoke === undefined ? noSmokeSettings : smokeOf(smoke),
    alerts: alerts === undefined ? alertDefaults : alertsOf(alerts),
  };
}

function driverOf(written: WrittenDriver): DriverSettings {
  const { deadlines, for: reach } = written;
  const deadlineMs = {
    bringUp: deadlines?.bring_up ?? 4 * minuteMs,
    switchTraffic: deadlines?.switch_traffic ?? minuteMs,
    takeDown: deadlines?.take_down ?? minuteMs,
  };
  switch (written.use) {
    case 'pm2':
      return {
        use: 'pm2',
        bin: written.bin,
        home: written.home,
        new: appOf(written.new),
        stable: appOf(written.stable),
        for: reach,
        deadlineMs,
      };
    case 'kubernetes':
      return {
        use: 'kubernetes',
        namespace: written.namespace,
        kubeconfig: written.kubeconfig,
        context: written.context,
        configMap: written.config_map,
        new: written.new,
        stable: { ...written.stable, release: written.stable.release },
        service: written.service,
        for: reach,
        deadlineMs,
      };
    case 'command':
      return {
        use: 'command',
        release: written.release,
        bringUp: vectorOf(written.bring_up),
        switchTraffic: written.switch_traffic && vectorOf(written.switch_traffic),
        takeDown: vectorOf(written.take_down),
        verify: written.verify && vectorOf(written.verify),
        undo: written.undo && vectorOf(written.undo),
        env: written.env,
        for: reach,
        deadlineMs,
      };
  }
}

function appOf({ name, instances, release, ready }: Extract<WrittenDriver, { use: 'pm2' }>['new']): Pm2App {
  return { names: typeof name === 'string' ? [name] : name, instances, release, ready };
}

function databaseOf(written: WrittenDatabase): DatabaseRecovery {
  return {
    backup: vectorOf(written.backup),
    verify: vectorOf(written.verify),
    restore: written.restore && vectorOf(written.restore),
    folder: written.folder,
    timeoutMs: written.timeout ?? 10 * minuteMs,
    env: written.env,
  };
}

/** The schema lets no empty list through; its type does not say so. */
function vectorOf(list: readonly string[]): ArgumentVector {
  const [program, ...args] = list;
  if (program === undefined) throw new TypeError('A list without a program was let through.');
  return [program, ...args];
}
