import { count } from '../../../core/count.js';
import { failureLimit } from '../../../health/judging/hardLimits/failures.js';
import { unitMs } from '../../../health/judging/units.js';
import { type Check, glance, rate } from '../Glance.js';

const nobody = { runs: 0, failures: 0, guilds: 0, failingGuilds: 0 };
/** Nights are quiet, too: only what has all but stopped is bad. */
const allButStopped = 0.05;

/** Whether people's commands arrive and work: a crash storm counts at once, and so it does if nothing runs any more. */
export const userCommands: Check = ({ justNow, processes }, usual, { minRuns }) => {
  const { failures: counts, spanMs } = justNow;
  const { runs, failures, failingGuilds } = counts;
  const value = runs === 0 ? null : 1 - failures / runs;
  const errorRate = usual?.errorRate ?? null;
  const baseline = errorRate === null ? null : 1 - errorRate;
  const say = (is: 'healthy' | 'bad' | 'unknown', sentence: string) =>
    glance('user-commands', 'user-commands', { is, sentence, value, baseline });
  if (processes.length === 0) {
    const sentence = 'No process has reported anything for 90 s: nothing is known of any command.';
    return { ...say('unknown', sentence), trigger: 'no-telemetry' };
  }
  if (failureLimit(counts, nobody) !== null) {
    const sentence = `${rate(failures / runs)} of ${count(runs, 'command')} fail, in ${count(failingGuilds, 'guild')}: a crash storm.`;
    return { ...say('bad', sentence), trigger: 'crash-storm', isCertain: true };
  }
  const expected = usual === null ? 0 : (usual.runsAUnit * spanMs) / unitMs;
  if (expected >= minRuns && runs < expected * allButStopped) {
    return say(
      'bad',
      `${count(runs, 'command')} in ${minutes(spanMs)}, where about ${Math.round(expected)} are usual.`,
    );
  }
  if (value === null) return say('unknown', `Nobody ran a command in ${minutes(spanMs)}.`);
  return say('healthy', `${rate(value)} of ${count(runs, 'command')} worked in ${minutes(spanMs)}.`);
};

function minutes(ms: number): string {
  const whole = Math.max(1, Math.round(ms / 60_000));
  return `${whole} ${whole === 1 ? 'minute' : 'minutes'}`;
}
