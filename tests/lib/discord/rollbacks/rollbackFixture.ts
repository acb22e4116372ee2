/** A rollback as it stands a moment after the press, with what a test says otherwise. */
import type { RollbackDocument, RollbackStep, StepName } from '../../../../src/lib/rollbacks/documents.js';
import type { Check, Proof } from '../../../../src/lib/rollbacks/proof/Proof.js';

export const pressedAt = Date.UTC(2026, 4, 3, 3, 0);

export const step = (name: StepName, change: Partial<RollbackStep> = {}): RollbackStep => ({
  name,
  state: 'waiting',
  startedAt: null,
  endedAt: null,
  detail: '',
  ...change,
});

export const done = (name: StepName, afterMs: number, detail = ''): RollbackStep =>
  step(name, { state: 'done', startedAt: pressedAt, endedAt: pressedAt + afterMs, detail });

export const rollback = (change: Partial<RollbackDocument> = {}): RollbackDocument => ({
  v: 12,
  schema: 1,
  id: '7F3KQX00',
  kind: 'immediate',
  flag: 'new_greeting',
  trigger: 'security',
  reason: 'It greets with the name of somebody else',
  withDatabase: false,
  created: { by: '42', name: 'admin', at: pressedAt },
  pressedAt,
  offAt: pressedAt + 20,
  endedAt: null,
  state: 'running',
  revision: 1,
  steps: [
    done('flags', 20, 'Off in every guild.'),
    step('snapshot', { state: 'running', startedAt: pressedAt + 20, detail: '12 MB so far.' }),
    step('database', { state: 'skipped', detail: 'Not asked for.' }),
    step('proof'),
  ],
  descent: null,
  rollouts: [],
  before: [],
  affected: { guilds: 4_200, members: 1_250_000 },
  isCounted: true,
  sample: [],
  proof: null,
  receipt: null,
  news: [],
  newsCount: 0,
  ...change,
});

export const check = (change: Partial<Check> = {}): Check => ({
  name: 'flags-off',
  verdict: 'passed',
  sentence: 'All 3 processes answered, and it is on nowhere.',
  evidence: {},
  at: pressedAt,
  ...change,
});

export const proof = (change: Partial<Proof> = {}): Proof => ({
  beganAt: pressedAt,
  at: pressedAt,
  checks: [check(), check({ name: 'errors-normal', sentence: 'Errors are 0.98x of before.' })],
  verdict: 'proven',
  isFinal: true,
  ...change,
});
