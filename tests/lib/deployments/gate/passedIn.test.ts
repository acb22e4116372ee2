import { expect, it } from 'vitest';
import type { GateResult, StageResult } from '../../../../src/lib/deployments/gate/GateResult.js';
import { passedIn } from '../../../../src/lib/deployments/gate/passedIn.js';

const stage = (name: string, verdict: StageResult['verdict']): StageResult => ({
  ...{ name, verdict, tookMs: 1, exitCode: 0, criteria: [], sentence: '', tail: '' },
});
const result: GateResult = {
  ...{ format: 'rollouts-gate', version: 1, release: '1.4.0', commit: null },
  ...{ startedAt: 0, endedAt: 1, verdict: 'failed' },
  stages: [stage('unit_tests', 'passed'), stage('security_scan', 'failed'), stage('last', 'not-run')],
};

it.each([
  ['unit_tests', true],
  ['security_scan', false],
  // What is not known is not met.
  ['last', undefined],
  ['another', undefined],
])('of the stage %s the gate says %s', (name, said) => {
  expect(passedIn(result, name)).toBe(said);
});

it('without a result nothing is known', () => {
  expect(passedIn(undefined, 'unit_tests')).toBeUndefined();
});
