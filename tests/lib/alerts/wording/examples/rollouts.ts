import { freezeBegan, freezeEnded, freezeOverridden } from '../../../../../src/lib/alerts/wording/freeze.js';
import * as rollout from '../../../../../src/lib/alerts/wording/rollout.js';
import * as approvals from '../../../../../src/lib/alerts/wording/rolloutApprovals.js';
import type { RolloutNews } from '../../../../../src/lib/alerts/wording/rolloutNews.js';
import { admin, type Examples, program, type Say } from './Examples.js';

const news = (say: Say, sentences = [`${say('Errors')} are where they were.`]): RolloutNews => ({
  ...{ id: '7F3KQX00', revision: 3, flag: 'new_greeting', plan: 'careful', step: 'canary' },
  ...{ by: program(say), reason: say('the canary went well'), sentences },
});

export const rollouts: Examples = {
  rolloutStarted: (say) => [rollout.rolloutStarted(news(say), 'First canary: 1 % of guilds.')],
  rolloutStepped: (say) => [rollout.rolloutStepped(news(say), '5 % of guilds')],
  rolloutPaused: (say) => [rollout.rolloutPaused(news(say), true), rollout.rolloutPaused(news(say), false)],
  rolloutResumed: (say) => [rollout.rolloutResumed(news(say)), rollout.rolloutResumed(news(say, []))],
  rolloutRollbackInitiated: (say) => [
    rollout.rolloutRollbackInitiated(news(say, [`${say('Errors doubled')}.`, 'It is proven.'])),
    rollout.rolloutRollbackInitiated(news(say, [])),
  ],
  rolloutRolledBack: (say) => [rollout.rolloutRolledBack(news(say))],
  rolloutCompleted: (say) => [rollout.rolloutCompleted(news(say), '100 % of guilds')],
  rolloutCancelled: (say) => [rollout.rolloutCancelled(news(say, []), '25 % of guilds keep it')],
  rolloutAsks: (say) => [rollout.rolloutAsks(news(say))],
  rolloutTells: (say) => [rollout.rolloutTells(news(say))],
  approvalAsked: (say) => [true, false].map((isServed) => approvals.approvalAsked(news(say), isServed)),
  approvalDeclined: (say) =>
    [true, false].map((isOver) => approvals.approvalDeclined({ ...news(say), askedBy: admin, isOver })),
  askDeclined: (say) =>
    [true, false].map((isOver) => approvals.askDeclined({ ...news(say), askedBy: admin, isOver })),
  approvalGiven: (say) => [
    approvals.approvalGiven(news(say), true),
    approvals.approvalGiven(news(say), false),
  ],
  freezeBegan: (say) => {
    const plainly = { by: admin, reason: say('release day'), isIncident: false, replaced: undefined };
    const before = { name: 'Ada', reason: say('the database is slow'), ends: 'until somebody stops it' };
    return [
      freezeBegan({ ...plainly, ends: 'until 3 May 2026 12:00 UTC' }),
      freezeBegan({ ...plainly, ends: 'until somebody stops it', isIncident: true }),
      ...[true, false].map((isIncident) =>
        freezeBegan({
          ...plainly,
          ends: 'until 3 May 2026 12:00 UTC',
          replaced: { ...before, isIncident },
        }),
      ),
    ];
  },
  freezeOverridden: (say) => [
    freezeOverridden('Enable new_greeting for 25 % of guilds', admin, say('it cannot wait'), {
      name: 'The release freeze',
      reason: say('release day'),
    }),
  ],
  freezeEnded: (say) => [freezeEnded(admin, say('all is well')), freezeEnded(admin, undefined)],
};
