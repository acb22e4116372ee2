/** The plain data that the wording of deployments is made of; a deployment's own document has this shape. */
import { count } from '../../core/count.js';
import type { Text } from '../Card.js';

export interface DeploymentFacts {
  readonly id: string;
  readonly version: string;
  readonly environment: string;
  readonly summary: string;
  readonly link: string | null;
  readonly created: { readonly by: string; readonly name: string };
  readonly gate: GateFacts | null;
  readonly brokeGlass: { readonly by: string; readonly reason?: string } | null;
  readonly smoke: readonly SmokeFacts[] | null;
  readonly rollouts: readonly string[];
  readonly ended: { readonly why: string } | null;
}

export interface GateFacts {
  readonly release: string;
  readonly commit: string | null;
  /** Real time, ms since epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly verdict: 'passed' | 'failed';
  readonly stages: readonly StageFacts[];
}

export interface StageFacts {
  readonly name: string;
  readonly verdict: 'passed' | 'failed' | 'not-run';
  readonly tookMs: number;
  readonly sentence: string;
  readonly tail: string;
}

export interface SmokeFacts {
  readonly name: string;
  readonly verdict: 'passed' | 'failed';
  readonly tookMs: number;
  readonly sentence: string;
}

const signs = { passed: '✔', failed: '✖', 'not-run': '–' } as const;

/** `✔ unit tests  412 tests passed.` */
export function stageText({ name, verdict, sentence }: StageFacts): Text {
  return [`${signs[verdict]} `, verdict === 'failed' ? { bold: name } : name, `  ${sentence}`];
}

/** `passed (4 stages)` or `failed: coverage, security` */
export function gateText(gate: GateFacts | null): string {
  if (gate === null) return 'not run';
  const failed = gate.stages.filter(({ verdict }) => verdict === 'failed').map(({ name }) => name);
  if (gate.verdict === 'passed') return `passed (${count(gate.stages.length, 'stage')})`;
  return failed.length === 0 ? 'failed' : `failed: ${failed.join(', ')}`;
}

/** `✖ commands  /feature list did not answer.` */
export function smokeText({ name, verdict, sentence }: SmokeFacts): Text {
  return [`${signs[verdict]} `, verdict === 'failed' ? { bold: name } : name, `  ${sentence}`];
}

export function failedSmoke({ smoke }: Pick<DeploymentFacts, 'smoke'>): readonly SmokeFacts[] {
  return (smoke ?? []).filter(({ verdict }) => verdict === 'failed');
}
