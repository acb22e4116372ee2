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

/** What a monitor looks at, in the order of the seed's list. */
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
  /** How many looks in a row it has been so. */
  readonly inARow: number;
}

export interface Breach {
  readonly n: number;
  readonly check: MonitorCheckName;
  readonly level: RiskLevel;
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
  readonly created: Stamp & { readonly name: string };
  readonly updated: Stamp;
  /** Domain time of entering each state, ms since epoch. */
  readonly entered: Readonly<Partial<Record<DeploymentState, number>>>;
  readonly gate: GateResult | null;
  /** Who started although the gate failed, and why. */
  readonly brokeGlass: Stamp | null;
  readonly smoke: readonly SmokeResult[] | null;
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
