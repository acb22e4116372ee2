/** `deployments.yaml` as the house uses it, after it was checked. Nothing in it ever comes from chat. */

import type { AlertSettings } from '../../alerts/routing/AlertSettings.js';
import type { SmokeSettings } from '../../smoke/SmokeSettings.js';

import type { MigrationSettings } from '../migrations/MigrationSettings.js';
import type { MonitorSettings } from '../monitor/Settings.js';
import type { RiskPolicy } from '../risk/RiskPolicy.js';

/** A program and its arguments, run without a shell. */
export type ArgumentVector = readonly [program: string, ...args: string[]];

export interface Pm2Settings {
  readonly use: 'pm2';
  /** The program. @default 'pm2' */
  readonly bin: string;
  /** PM2_HOME, where it is not the environment's. */
  readonly home: string | undefined;
  readonly new: Pm2App;
  readonly stable: Pm2App;
}

export interface Pm2App {
  /** PM2's apps; several where every process is an app of its own, with its own shards. */
  readonly names: readonly string[];
  /** Of each of them. */
  readonly instances: number;
  readonly release: string | undefined;
  /** /readyz of its processes: one URL an instance, or none (online is enough then). */
  readonly ready: readonly string[];
}

export interface KubernetesSettings {
  readonly use: 'kubernetes';
  readonly namespace: string;
  /** Kubeconfig file; undefined = in-cluster, else the default one. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  /** The feature-flag ConfigMap: key -> value while rolled back. */
  readonly configMap: { readonly name: string; readonly set: Readonly<Record<string, string>> } | undefined;
  readonly new: { readonly deployment: string; readonly replicas: number };
  readonly stable: {
    readonly deployment: string;
    readonly replicas: number;
    readonly release: string | undefined;
  };
  readonly service:
    | {
        readonly name: string;
        readonly stable: Readonly<Record<string, string>>;
        readonly new: Readonly<Record<string, string>>;
      }
    | undefined;
}

export interface CommandSettings {
  readonly use: 'command';
  readonly release: string | undefined;
  readonly bringUp: ArgumentVector;
  readonly switchTraffic: ArgumentVector | undefined;
  readonly takeDown: ArgumentVector;
  readonly verify: ArgumentVector | undefined;
  readonly undo: ArgumentVector | undefined;
  /** Names of environment variables that the programs are given beside PATH, HOME and the language. */
  readonly env: readonly string[];
}

/** Which rollbacks use the driver: `every` one, also of one feature, or only one of `everything`. */
export type DriverReach = 'every' | 'everything';

export type DriverSettings = (Pm2Settings | KubernetesSettings | CommandSettings) & {
  /** @default 'every' */
  readonly for: DriverReach;
  /** For each of bringUp, switchTraffic, takeDown; ms. @default 4 min for bringUp and 1 min for the others */
  readonly deadlineMs: {
    readonly bringUp: number;
    readonly switchTraffic: number;
    readonly takeDown: number;
  };
};

export interface DatabaseRecovery {
  /** Writes a backup; `{file}` in an argument is replaced by its path, here and in the other two. */
  readonly backup: ArgumentVector;
  readonly verify: ArgumentVector;
  readonly restore: ArgumentVector | undefined;
  /** Folder of the backups. */
  readonly folder: string;
  readonly timeoutMs: number;
  /** Names of environment variables that the programs are given beside PATH and HOME. */
  readonly env: readonly string[];
}

export interface SnapshotSettings {
  readonly folder: string;
  /** Domain time, ms; 0 = only before rollbacks, restores and migrations. @default a day */
  readonly everyMs: number;
  /** @default 14 */
  readonly keep: number;
}

export interface DeploymentsFile {
  readonly driver: DriverSettings | undefined;
  readonly recovery: {
    readonly database: DatabaseRecovery | undefined;
    /** Defaults hold where the file does not exist: `<DATA_DIR>/snapshots`, daily, 14. */
    readonly snapshots: SnapshotSettings;
  };
  /** Rollback drills: domain time between two, ms; undefined = only by hand. */
  readonly drillEveryMs: number | undefined;
  readonly migrations: MigrationSettings;
  /** How a deployment is watched; defaults hold where the file says nothing. */
  readonly monitor: MonitorSettings;
  /** What follows from a breach; defaults hold where the file says nothing. */
  readonly risk: RiskPolicy;
  readonly smoke: SmokeSettings;
  readonly alerts: AlertSettings;
}
