import { systemClock } from '../../core/Clock.js';
import type { Logger } from '../../core/Logger.js';
import type { Driver } from '../Driver.js';
import type { DriverSettings } from '../file/DeploymentsFile.js';
import { CommandDriver } from './command/CommandDriver.js';
import { connectCluster } from './kubernetes/ApiCluster.js';
import { KubernetesDriver } from './kubernetes/KubernetesDriver.js';
import { Pm2 } from './pm2/Pm2.js';
import { Pm2Driver } from './pm2/Pm2Driver.js';
import { askReadyz } from './pm2/readiness.js';

/** The driver that `deployments.yaml` chooses. Nothing is reached or started before it is asked to do something. */
export function openDriver(settings: DriverSettings, logger: Logger): Driver {
  switch (settings.use) {
    case 'pm2': {
      const pm2 = new Pm2({ bin: settings.bin, home: settings.home, logger });
      return new Pm2Driver({ settings, pm2, probe: askReadyz, clock: systemClock, ownId: ownPm2Id() });
    }
    case 'kubernetes':
      return new KubernetesDriver({ settings, connect: () => connectCluster(settings) });
    case 'command':
      return new CommandDriver({ settings, logger });
  }
}

/** PM2 tells each of its processes its number. */
function ownPm2Id(): number | undefined {
  const id = process.env['pm_id'];
  return id !== undefined && /^\d+$/.test(id) ? Number(id) : undefined;
}
