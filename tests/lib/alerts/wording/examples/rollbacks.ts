import * as rollback from '../../../../../src/lib/alerts/wording/rollback.js';
import {
  rollbackCompleted,
  type RollbackEnd,
  rollbackProofKnown,
} from '../../../../../src/lib/alerts/wording/rollbackEnd.js';
import { type RollbackFacts, stepTitles } from '../../../../../src/lib/alerts/wording/rollbackFacts.js';
import type { Examples, Say } from './Examples.js';

const facts = (say: Say, more: Partial<RollbackFacts> = {}): RollbackFacts => ({
  ...{ id: '7F3KQX00', revision: 1, kind: 'immediate', flag: 'new_greeting', trigger: 'data-corruption' },
  ...{ reason: say('orders are written twice'), created: { by: 'system:judge', name: say('the judge') } },
  ...{ affected: { guilds: 4_200, members: 1_250_000 }, rollouts: ['a'] },
  ...{ pressedAt: 1_000, offAt: 1_020, endedAt: 43_000 },
  ...more,
});
const names = Object.keys(stepTitles) as (keyof typeof stepTitles)[];
const end = (say: Say, verdict: 'proven' | 'failed' | 'unknown', isFailed = false): RollbackEnd => ({
  steps: names.map((name, nth) => ({
    ...{ name, startedAt: 1_000, endedAt: 9_000 },
    ...(isFailed && nth === 2
      ? { state: 'failed', detail: `${say('It')} never became ready.` }
      : { state: 'done', detail: '' }),
  })),
  proof: {
    ...{ verdict, isFinal: verdict !== 'unknown' },
    checks: [{ name: 'flags-off', verdict: 'passed', sentence: `All 3 processes ${say('answered')}.` }],
  },
  receipt: 'ab'.repeat(32),
});
const drill = { kind: 'drill' } as const;

export const rollbacks: Examples = {
  rollbackInitiated: (say) => [
    rollback.rollbackInitiated(facts(say)),
    rollback.rollbackInitiated(facts(say, { kind: 'gradual', flag: null, rollouts: ['a', 'b'] }), 24.5),
    rollback.rollbackInitiated(facts(say, drill)),
  ],
  rollbackStepFailed: (say) =>
    names.map((name) =>
      rollback.rollbackStepFailed(facts(say), { name, detail: `${say('It')} never became ready.` }, [
        'The new one was not taken down.',
      ]),
    ),
  rollbackCompleted: (say) => [
    rollbackCompleted(facts(say), end(say, 'proven')),
    rollbackCompleted(facts(say), end(say, 'unknown', true)),
    rollbackCompleted(facts(say), end(say, 'failed', true)),
    rollbackCompleted(facts(say), { steps: [], proof: null, receipt: null }),
    rollbackCompleted(facts(say, drill), end(say, 'proven')),
    rollbackCompleted(facts(say, drill), end(say, 'failed', true)),
  ],
  rollbackProofKnown: (say) =>
    (['proven', 'failed', 'unknown'] as const).map((verdict) =>
      rollbackProofKnown(facts(say), end(say, verdict)),
    ),
  rollbackPaused: (say) => [rollback.rollbackPaused(facts(say), 1_400, 4_200)],
  rollbackResumed: (say) => [rollback.rollbackResumed(facts(say))],
  rollbackHurried: (say) => [rollback.rollbackHurried(facts(say), `${say('Errors')} went up.`)],
  rollbackReturning: (say) => [rollback.rollbackReturning(facts(say))],
  rollbackCancelled: (say) => [rollback.rollbackCancelled(facts(say))],
  rollbackEverywhere: (say) => [rollback.rollbackEverywhere(facts(say), 12_000)],
};
