import { expect, it } from 'vitest';
import type { DeploymentDocument } from '../../../../src/lib/deployments/documents.js';
import { failedSmokeTests } from '../../../../src/lib/deployments/life/failedSmokeTests.js';
import { deployment } from '../../discord/deployments/deploymentFixture.js';
import { failedTest, passed } from './ground.js';

const watched = (more: Partial<DeploymentDocument> = {}): DeploymentDocument => ({
  ...deployment({ version: '1.4.0' }),
  ...{ state: 'watching', entered: { watching: 1_000 }, rollouts: ['R1'] },
  smoke: [failedTest('permissions'), passed('gateway')],
  ...more,
});
const rollout = { id: 'R1', created: { at: 10 } };

it('names each that failed after a deployment, with its version', () => {
  expect(failedSmokeTests([watched()], rollout)).toEqual(['permissions, run after deployment 1.4.0,']);
});

it('concerns no rollout that began after the tests, or is not linked', () => {
  expect(failedSmokeTests([watched()], { id: 'R1', created: { at: 1_000 } })).toEqual([]);
  expect(failedSmokeTests([watched({ rollouts: ['R2'] })], rollout)).toEqual([]);
});

it('is nothing while no test has run', () => {
  expect(failedSmokeTests([watched({ smoke: null, entered: {} })], rollout)).toEqual([]);
});
