import { count } from '../../../core/count.js';
import { type Check, change, glance } from '../Glance.js';

/** The 95th percentile of what commands took, against the week before; or what a rollout's judge has proven. */
export const responseTimes: Check = ({ lately, arms }, usual, { minRuns, limits }) => {
  const proven = arms.filter(({ metric, isProven }) => metric === 'latency' && isProven);
  const { p95Ms, failures } = lately;
  const [value, baseline] = [p95Ms, usual?.p95Ms ?? null];
  const limit = baseline === null ? null : baseline * (1 + limits.responseTimes);
  const say = (is: 'healthy' | 'bad' | 'unknown', sentence: string) =>
    glance('response-times', 'response-times', { is, sentence, value, baseline, limit });
  if (proven.length > 0) {
    const sentence = proven.map((arm) => arm.sentence).join(' ');
    return { ...say('bad', sentence), isCertain: true, flags: proven.map(({ flag }) => flag) };
  }
  if (p95Ms === null || failures.runs < minRuns) {
    return say(
      'unknown',
      `${count(failures.runs, 'run')} lately; ${minRuns} are needed to say anything of times.`,
    );
  }
  if (baseline === null || limit === null) {
    return say(
      'unknown',
      `95 % of runs took at most ${Math.round(p95Ms)} ms; what is usual was not measured.`,
    );
  }
  const ratio = p95Ms / baseline;
  const numbers = `95 % of ${count(failures.runs, 'run')} took at most ${Math.round(p95Ms)} ms (${change(ratio)}; usual ${Math.round(baseline)} ms)`;
  return p95Ms > limit
    ? say('bad', `${numbers}; the limit is ${change(1 + limits.responseTimes)}.`)
    : say('healthy', `${numbers}.`);
};
