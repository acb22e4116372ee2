/**
 * GrowthBook with the guild as its unit: a ratio metric by the delta method, kept as running sums. Bad slots over active ones,
 * or, to hand it this judge's knowledge of the guilds' history, over the bad slots expected of them.
 */
import { growthBookScore } from './methods.mjs';

/** Per arm: guilds, sums of bad, expected, bad², expected², bad·expected; "expected" may be just the active slots. */
const noSums = () => new Float64Array(6);

export class GuildTotals {
  constructor(guilds) {
    this.bad = new Int32Array(guilds);
    this.expected = new Float64Array(guilds);
    this.sums = [noSums(), noSums()];
  }

  add(guild, arm, isBad, expected = 1) {
    const sums = this.sums[arm];
    this.shift(sums, guild, -1);
    this.expected[guild] += expected;
    if (isBad) this.bad[guild]++;
    this.shift(sums, guild, 1);
  }

  score(alpha, margin = 1) {
    const [control, canary] = this.sums.map(ratioOf);
    const units = this.sums[0][0] + this.sums[1][0];
    return growthBookScore(
      canary.mean,
      canary.variance,
      control.mean,
      control.variance,
      units,
      alpha,
      margin,
    );
  }

  shift(sums, guild, sign) {
    const bad = this.bad[guild];
    const expected = this.expected[guild];
    if (expected === 0) return;
    sums[0] += sign;
    sums[1] += sign * bad;
    sums[2] += sign * expected;
    sums[3] += sign * bad * bad;
    sums[4] += sign * expected * expected;
    sums[5] += sign * bad * expected;
  }
}

function ratioOf([guilds, bad, expected, bad2, expected2, badActive]) {
  if (guilds < 2 || bad === 0) return { mean: 0, variance: NaN };
  const mean = bad / expected;
  const covered = (sum, a, b) => (sum - (a * b) / guilds) / (guilds - 1);
  const residual =
    covered(bad2, bad, bad) -
    2 * mean * covered(badActive, bad, expected) +
    mean ** 2 * covered(expected2, expected, expected);
  return { mean, variance: residual / guilds / (expected / guilds) ** 2 };
}
