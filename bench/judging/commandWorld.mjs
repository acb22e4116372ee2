/** Independent commands in two arms, 4,000 an hour: the world in which every test's assumptions hold, but for a drift. */
import { growthBookPerCommand, Judge, Pooled, thresholdScore, Watch, zScore } from './methods.mjs';
import { Random } from './random.mjs';

const commandsPerHour = 4_000;

function tickOf(random, hours, share, rate, ratio) {
  const n1 = random.poisson(commandsPerHour * share * hours);
  const n0 = random.poisson(commandsPerHour * (1 - share) * hours);
  return {
    canary: { exposure: n1, bad: random.binomial(n1, Math.min(1, rate * ratio)) },
    control: { exposure: n0, bad: random.binomial(n0, rate) },
  };
}

/**
 * Peaks of all scores over one rollout that changed nothing.
 *
 * @param ramp whether the canary grows from 5 to 75 % while the base rate doubles; else 10 % and 1 % throughout.
 */
export function harmlessCommands(seed, { hours, tickHours, ramp, alpha, margin }) {
  const random = new Random(seed);
  const shipped = new Judge(margin);
  const oneStart = new Judge(margin, { isOneStart: true });
  const watches = {
    shipped: new Watch(),
    oneStart: new Watch(),
    threshold: new Watch(),
    z: new Watch(),
    growthBook: new Watch(),
  };
  const pooled = new Pooled();
  for (let hour = 0; hour < hours - 1e-9; hour += tickHours) {
    const passed = hour / hours;
    const share = ramp ? 0.05 + 0.7 * passed : 0.1;
    const tick = tickOf(random, tickHours, share, ramp ? 0.01 * (1 + passed) : 0.01, margin);
    pooled.add(tick.canary.exposure, tick.canary.bad, tick.control.exposure, tick.control.bad);
    watches.shipped.see(shipped.take(hour, [tick]));
    watches.oneStart.see(oneStart.take(hour, [tick]));
    watches.threshold.see(thresholdScore(pooled));
    watches.z.see(zScore(pooled));
    watches.growthBook.see(growthBookPerCommand(pooled, alpha));
  }
  return Object.fromEntries(Object.entries(watches).map(([method, { peak }]) => [method, peak]));
}

/**
 * Canary commands from the onset of harm until each method reached each of its boundaries; null where it had reached one
 * before, Infinity where it never did within `maxHours`.
 */
export function harmfulCommands(seed, { healthyHours, ratio, maxHours, alpha, margin, boundaries }) {
  const random = new Random(seed);
  const onset = healthyHours === 0 ? 0 : healthyHours + Math.floor(random.uniform() * 720) / 120;
  const judges = { shipped: new Judge(margin), oneStart: new Judge(margin, { isOneStart: true }) };
  const watches = Object.fromEntries(
    Object.entries(boundaries).map(([method, at]) => [method, new Watch(at)]),
  );
  const pooled = new Pooled();
  let harmed = 0;
  for (let hour = 0; hour < onset + maxHours;) {
    // Long ticks while healthy: with constant shares and rates a tick's length changes nothing but the time this takes.
    const tickHours = onset - hour >= 0.25 - 1e-9 ? 0.25 : 1 / 120;
    const isHarmed = hour >= onset - 1e-9;
    const tick = tickOf(random, tickHours, 0.1, 0.01, isHarmed ? ratio : 1);
    pooled.add(tick.canary.exposure, tick.canary.bad, tick.control.exposure, tick.control.bad);
    if (isHarmed) harmed += tick.canary.exposure;
    const at = isHarmed ? harmed : -1;
    for (const [method, judge] of Object.entries(judges)) watches[method].see(judge.take(hour, [tick]), at);
    watches.threshold.see(thresholdScore(pooled), at);
    watches.z.see(zScore(pooled), at);
    watches.growthBook.see(growthBookPerCommand(pooled, alpha), at);
    if (Object.values(watches).every(({ isDone }) => isDone)) break;
    hour += tickHours;
  }
  const times = ([method, { reachedAt }]) => [method, reachedAt.map((at) => (at === -1 ? null : at))];
  return Object.fromEntries(Object.entries(watches).map(times));
}
