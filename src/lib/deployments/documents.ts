/** The documents of deployments as they stand in state. Changing a shape means raising `schema` and writing a migration. */
import type { Stamp } from '../flags/documents.js';
import type { SmokeResult } from '../smoke/SmokeTest.js';
import type { GateResult } from './gate/GateResult.js';

/**
 * `announced`: people know of it, nothing is deployed yet · `deploying` · `testing`: deployed, smoke tests run ·
 * `watching`: the hour of monitoring · and four ends.
 */
export const deploymentStates = [
  'announced',
  'deploying',
  'testing',
  'watching',
  'succeeded',
  'failed',
  'rolled-back',
  'superseded',
] as const;
export type DeploymentState = (typeof deploymentStates)[number];

export const riskLevels = ['critical', 'high', 'medium', 'low'] as const;
export type RiskLevel = (typeof riskLevels)[number];

/** What a monitor looks at, in the order that people read it. */
export const monitorChecks = [
  'response-times',
  'error-rates',
  'memory',
  'state-store',
  'external-services',
  'user-commands',
] as const;
export type MonitorCheckName = (typeof monitorChecks)[number];

export interface MonitorReading {
  readonly check: MonitorCheckName;
  /** `unknown`: nothing was measured; never taken for healthy. */
  readonly verdict: 'healthy' | 'worse' | 'breach' | 'unknown';
  /** For people, with the numbers. */
  readonly sentence: string;
  readonly value: number | null;
  readonly baseline: number | null;
  /** Beyond it the value is bad; null where no single number says so. Absent in documents of earlier versions. */
  readonly limit?: number | null | undefined;
  /** How many looks in a row it has been so. */
  readonly inARow: number;
  /** What it is about: why nothing is known is one of several reasons. Absent in documents of earlier versions. */
  readonly about?: RiskTrigger | undefined;
}

/** What stands for the time before the deployment, frozen at its start; null where it was not measured. */
export interface Usual {
  /** Domain time, ms since epoch. */
  readonly takenAt: number;
  /** Of the seven days before, per quarter hour in which anything was measured; 0 = nothing was. */
  readonly runsAUnit: number;
  readonly errorRate: number | null;
  readonly p95Ms: number | null;
  /** Resident bytes of the median process in the ten minutes before. */
  readonly memoryBytes: number | null;
}

/** What a breach is about, finer than the check that found it: the risk policy gives each a level. */
export const riskTriggers = [
  'crash-storm',
  'response-times',
  'errors',
  'errors-proven',
  'memory',
  'database',
  'external-services',
  'user-commands',
  'no-telemetry',
] as const;
export type RiskTrigger = (typeof riskTriggers)[number];

export interface Breach {
  readonly n: number;
  readonly check: MonitorCheckName;
  readonly trigger: RiskTrigger;
  readonly level: RiskLevel;
  /** The flags that are taken back or paused, fixed when it was found; empty = the deployment as a whole. */
  readonly flags: readonly string[];
  /** Domain time, ms since epoch. */
  readonly at: number;
  readonly sentence: string;
  /** `ask`: people were asked, nothing was done by itself. */
  readonly action: 'rollback' | 'gradual-rollback' | 'pause' | 'tell' | 'ask';
  /** What came of it, once something did: one sentence. */
  readonly outcome: string | null;
}

export interface DeploymentNews {
  /** Counts up without gaps. */
  readonly n: number;
  readonly at: number;
  readonly tone: 'info' | 'good' | 'warn' | 'bad';
  readonly text: string;
}

export interface DeploymentOrigin {
  /** GitHub's own id of it; null where the sender has none. */
  readonly ref: string | null;
  /** The commit of the source that is deployed; null = not known. */
  readonly commit: string | null;
  /** The newest event's time by the sender's clock, ms since epoch. */
  readonly at: number;
}

/** `deployments:<id>`; `deployments:releases` is another room's. */
export interface DeploymentDocument {
  readonly v: number;
  readonly schema: 1;
  readonly id: string;
  /** `production`, `staging`: one deployment under way in each. */
  readonly environment: string;
  readonly version: string;
  readonly summary: string;
  readonly link: string | null;
  readonly state: DeploymentState;
  /** Grows when a person would see something else. Buttons carry it. */
  readonly revision: number;
  /** Where it was heard of: a person, GitHub, a signed webhook, the command line. */
  readonly source: 'person' | 'github' | 'webhook';
  /** What its sender calls it; null where no webhook ever spoke of it. Events that come late or in another order are told by it. */
  readonly origin: DeploymentOrigin | null;
  readonly created: Stamp & { readonly name: string };
  readonly updated: Stamp;
  /** Domain time of entering each state, ms since epoch. */
  readonly entered: Readonly<Partial<Record<DeploymentState, number>>>;
  readonly gate: GateResult | null;
  /** Who started although the gate failed, and why. */
  readonly brokeGlass: Stamp | null;
  readonly smoke: readonly SmokeResult[] | null;
  /** Frozen by the monitor while the deployment begins; null = not yet. */
  readonly usual: Usual | null;
  readonly monitor: {
    /** Domain time, ms since epoch. */
    readonly until: number;
    readonly nextAt: number;
    readonly looks: number;
    readonly readings: readonly MonitorReading[];
    readonly breaches: readonly Breach[];
    /** The newest 120 looks for the chart: error rate and response time of each; null = unknown. */
    readonly series: readonly (readonly [at: number, errorRate: number | null, p95Ms: number | null])[];
  } | null;
  /** Rollouts (ids) that were under way in this time. */
  readonly rollouts: readonly string[];
  readonly ended: (Stamp & { readonly why: string }) | null;
  /** The newest 40. */
  readonly news: readonly DeploymentNews[];
  readonly newsCount: number;
}
