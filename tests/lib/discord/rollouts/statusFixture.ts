/** A rollout's status with only what a test says about it being special. */
import type { GuardStatus, RolloutStatus } from '../../../../src/lib/rollouts/RolloutStatus.js';

export const hour = 3_600_000;
export const startedAt = 1_800_000_000_000;

export const guard = (change: Partial<GuardStatus> = {}): GuardStatus => ({
  id: 'errors@1.2',
  metric: 'errors',
  margin: 1.2,
  action: 'rollback',
  is: 'ok',
  ratio: 1.02,
  atLeast: 0.8,
  below: 1.6,
  toLimit: 0.1,
  text: 'Errors ran 1.02x the control’s.',
  ...change,
});

export const rolloutStatus = (change: Partial<RolloutStatus> = {}): RolloutStatus => ({
  id: '7F3KQX2M',
  revision: 4,
  flag: 'warm_hello',
  plan: 'default',
  state: 'running',
  tone: 'info',
  headline: 'Running: beta_guilds, 5 % of guilds',
  steps: (['done', 'now', 'next'] as const).map((is, index) => ({
    name: ['internal_testing', 'beta_guilds', 'gradual_rollout'][index] ?? '',
    basisPoints: 500 * index,
    servedBasisPoints: 500 * index,
    durationMs: 72 * hour,
    is,
    isCompared: index > 0,
    targets: 2,
    beganAt: is === 'next' ? null : startedAt,
  })),
  step: 1,
  phase: { elapsedMs: 18 * hour, durationMs: 72 * hour, remainingMs: 54 * hour },
  reach: { guilds: 25, members: 12_345, outOf: 500, activeGuilds: 18, runs: 1_204 },
  sources: [],
  guards: [guard()],
  verdict: { action: 'HOLD', sentences: ['The phase is not over.'], at: startedAt },
  next: { text: 'Goes on to gradual_rollout 10 %', at: startedAt + 54 * hour },
  obstacle: null,
  approval: null,
  started: { by: '100000000000000001', at: startedAt, name: 'admin' },
  updatedAt: startedAt,
  paused: null,
  acknowledged: null,
  ended: null,
  overrides: [],
  news: [],
  can: ['acknowledge', 'pause', 'advance', 'rollback', 'cancel'],
  ...change,
});
