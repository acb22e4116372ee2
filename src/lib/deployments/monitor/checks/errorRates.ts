import { count } from '../../../core/count.js';
import { type Check, change, glance, rate } from '../Glance.js';

/**
 * How many runs fail, against the week before. Proven is what a rollout's judge has proven between its arms, or what the guilds
 * did since the deployment beyond what their own week lets one expect.
 */
export const errorRates: Check = ({ lately, arms, sinceDeployed }, usual, { minRuns, limits }) => {
  const { runs, failures } = lately.failures;
  const value = runs === 0 ? null : failures / runs;
  const baseline = usual?.errorRate ?? null;
  // With no error in a week any share is infinitely more; one failure in the fewest runs that count is let pass.
  const limit = baseline === null ? null : Math.max(baseline * (1 + limits.errors), 1 / minRuns);
  const say = (is: 'healthy' | 'bad' | 'unknown', sentence: string) =>
    glance('error-rates', 'errors', { is, sentence, value, baseline, limit });
  const certain = (sentence: string, flags: readonly string[]) =>
    ({ ...say('bad', sentence), trigger: 'errors-proven', isCertain: true, flags }) as const;

  const proven = arms.filter(({ metric, isProven }) => metric === 'errors' && isProven);
  if (proven.length > 0) {
    return certain(
      proven.map((arm) => arm.sentence).join(' '),
      proven.map(({ flag }) => flag),
    );
  }
  // Who runs more commands fails at least once in more quarter hours, without any of them failing more often.
  const failsMore = value !== null && limit !== null && value > limit;
  if (failsMore && sinceDeployed !== null && sinceDeployed.lower > 1 + limits.errors) {
    const { ratio, lower } = sinceDeployed;
    const times = ratio === null ? '' : `${ratio.toFixed(1)}x as many guilds as usual have errors, `;
    return certain(`Since the deployment ${times}at least ${lower.toFixed(1)}x as many: this is proven.`, []);
  }
  if (value === null || runs < minRuns) {
    return say('unknown', `${count(runs, 'run')} lately; ${minRuns} are needed to say anything of errors.`);
  }
  if (baseline === null || limit === null) {
    return say('unknown', `${rate(value)} of ${count(runs, 'run')} failed; what is usual was not measured.`);
  }
  const numbers = `${rate(value)} of ${count(runs, 'run')} failed (usual ${rate(baseline)})`;
  return failsMore
    ? say('bad', `${numbers}; the limit is ${change(1 + limits.errors)}.`)
    : say('healthy', `${numbers}.`);
};
