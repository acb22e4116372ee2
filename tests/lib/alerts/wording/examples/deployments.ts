import * as deployment from '../../../../../src/lib/alerts/wording/deployment.js';
import type { DeploymentFacts, GateFacts } from '../../../../../src/lib/alerts/wording/deploymentFacts.js';
import { breachActed, type BreachFacts, breachFound } from '../../../../../src/lib/alerts/wording/monitor.js';
import { releaseAnswers } from '../../../../../src/lib/alerts/wording/releases.js';
import { type FigureFacts, weeklyScorecard } from '../../../../../src/lib/alerts/wording/scorecard.js';
import type { Examples, Say } from './Examples.js';

const gate = (say: Say): GateFacts => ({
  ...{ release: '1.4.0', commit: 'a1b2c3d4e5f6a7b8', startedAt: 1, endedAt: 2, verdict: 'failed' },
  stages: Array.from({ length: 12 }, (_, nth) => ({
    ...({ name: `${say('coverage')} ${nth}`, verdict: 'failed', tookMs: 900, tail: '' } as const),
    sentence: `${say('Coverage')} is 71 %, 80 % was asked for.`,
  })),
});
const facts = (say: Say, more: Partial<DeploymentFacts> = {}): DeploymentFacts => ({
  ...{ id: '7F3KQX00', version: say('1.4.0').slice(0, 100), environment: 'production', rollouts: ['a'] },
  ...{ summary: `${say('Warmer words')}.`, link: 'https://example.com/1.4.0', gate: null, smoke: null },
  ...{ created: { by: 'system:github', name: say('GitHub') }, brokeGlass: null, ended: null },
  ...more,
});
const smoke = (say: Say, failed: number): DeploymentFacts['smoke'] =>
  Array.from({ length: 12 }, (_, nth) => ({
    ...{ name: `test ${nth}`, tookMs: 40, sentence: `${say('payments answers')}: it answered 503.` },
    verdict: nth < failed ? ('failed' as const) : ('passed' as const),
  }));

const levels = ['critical', 'high', 'medium', 'low'] as const;
const wanted = ['rollback', 'gradual-rollback', 'pause', 'tell'] as const;
const breaches = (say: Say): readonly BreachFacts[] =>
  levels.flatMap((level, nth) =>
    [wanted[nth] ?? 'tell', 'ask' as const].map((action) => ({
      ...{ version: '1.4.0', environment: 'production', check: 'memory', level, action },
      ...{ wanted: wanted[nth] ?? 'tell', flags: nth === 1 ? [] : ['new_greeting', 'other'] },
      sentence: `${say('Memory')} is 31 % above the baseline; 20 % is allowed.`,
    })),
  );
const members = (say: Say) => ({ title: say('Some commands may fail'), body: `${say('We look')} why.` });
const told = (say: Say): readonly BreachFacts[] =>
  breaches(say).flatMap((facts) => [
    { ...facts, hasDriver: false, forMembers: members(say) },
    { ...facts, forMembers: members(say), usersChannel: '123456789012345678' },
  ]);
const checked = (say: Say) => ({ check: 'Errors', sentence: `${say('12 runs')} lately; 200 are needed.` });
const figure = (say: Say, verdict: FigureFacts['verdict']): FigureFacts => ({
  ...{ title: 'Uptime', target: 'above 99.9 %', shown: '99.98 %', trend: 'better', verdict },
  basis: `${say('Two gaps')} of 40 s.`,
});

export const deployments: Examples = {
  deploymentAnnounced: (say) => [deployment.deploymentAnnounced(facts(say))],
  deploymentStarting: (say) => [
    deployment.deploymentStarting(facts(say), say('1.3.9')),
    deployment.deploymentStarting(
      facts(say, { gate: gate(say), brokeGlass: { by: 'system:ci', reason: `${say('It cannot wait')}.` } }),
      undefined,
    ),
  ],
  deploymentDeployed: (say) => [deployment.deploymentDeployed(facts(say))],
  deploymentSmoke: (say) => [
    deployment.deploymentSmoke(facts(say, { smoke: smoke(say, 0) })),
    deployment.deploymentSmoke(facts(say, { smoke: smoke(say, 12) })),
    deployment.deploymentSmoke(facts(say, { smoke: [] })),
  ],
  deploymentSucceeded: (say) => [
    deployment.deploymentSucceeded(facts(say, { ended: { why: `${say('An hour')} without a finding.` } })),
    ...(['good', 'warn', 'bad'] as const).map((tone) =>
      deployment.deploymentSucceeded(facts(say), {
        ...{ tone, found: 'Watched for 60 minutes: no breach was found.', hadBreaches: tone === 'bad' },
        notWell: tone === 'bad' ? [checked(say)] : [],
        unknown: tone === 'good' ? [] : [checked(say), checked(say)],
      }),
    ),
  ],
  deploymentFailed: (say) => [
    deployment.deploymentFailed(facts(say, { ended: { why: `${say('npm')} did not answer.` } })),
    deployment.deploymentFailed(facts(say)),
  ],
  deploymentRolledBack: (say) => [
    deployment.deploymentRolledBack(facts(say, { ended: { why: `${say('Errors')} doubled.` } })),
    deployment.deploymentRolledBack(facts(say)),
  ],
  deploymentGateFailed: (say) => [
    deployment.deploymentGateFailed(gate(say), 'production', true),
    deployment.deploymentGateFailed(gate(say), 'production', false),
  ],
  deploymentRefused: (say) =>
    [undefined, `${say('Wait')} until it is over.`].map((next) =>
      deployment.deploymentRefused({
        ...{ version: '1.4.0', environment: 'production', by: say('GitHub'), next },
        why: `${say('Another one')} is under way.`,
      }),
    ),
  breachFound: (say) => [...breaches(say), ...told(say)].map(breachFound),
  breachActed: (say) =>
    [...breaches(say), ...told(say)].flatMap((facts) =>
      [true, false].map((isDone) => breachActed(facts, { isDone, outcome: `${say('It')} was asked.` })),
    ),
  releaseAnswers: (say) =>
    [false, true].map((isLastResort) =>
      releaseAnswers({ release: '1.4.0', previous: '1.5.0', why: `${say('A person')} asked.`, isLastResort }),
    ),
  weeklyScorecard: (say) => [
    weeklyScorecard([figure(say, 'met'), figure(say, 'missed'), figure(say, 'unknown')], []),
    weeklyScorecard([figure(say, 'open'), figure(say, 'unknown')], [figure(say, 'met')]),
    weeklyScorecard([figure(say, 'met')], []),
  ],
};
