import type { Announcement } from '../../../../src/lib/deployments/DeploymentsRoom.js';
import type { DeploymentDocument } from '../../../../src/lib/deployments/documents.js';
import { begun } from '../../../../src/lib/deployments/life/begin.js';

export const at = 1_800_000_000_000;

export function deployment(change: Partial<DeploymentDocument> = {}): DeploymentDocument {
  const announcement: Announcement = {
    version: '1.4.0',
    summary: 'Faster greetings',
    source: 'person',
    by: { id: '100000000000000001', name: 'ada' },
  };
  const begin = { announcement, newest: undefined, gate: undefined, rollouts: [], now: at };
  return { ...begun(begin, 'deploying'), ...change };
}

export const watched: NonNullable<DeploymentDocument['monitor']> = {
  until: at + 3_600_000,
  nextAt: at + 30_000,
  looks: 3,
  readings: [
    {
      ...{ check: 'error-rates', verdict: 'breach', sentence: '4.1 % instead of 1.0 %.' },
      ...{ value: 0.041, baseline: 0.01, inARow: 10 },
    },
    {
      ...{ check: 'memory', verdict: 'unknown', sentence: 'Nothing was measured.' },
      ...{ value: null, baseline: null, inARow: 1 },
    },
  ],
  breaches: [
    {
      ...{ n: 1, check: 'error-rates', trigger: 'errors', level: 'medium', flags: [], at },
      ...{ sentence: 'Errors are 4 times as frequent.', action: 'ask', outcome: null },
    },
  ],
  series: [
    [at, 0.01, 120],
    [at + 30_000, null, null],
    [at + 60_000, 0.04, 240],
  ],
};
