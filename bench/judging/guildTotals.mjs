/** GrowthBook with the guild as its unit: a ratio metric (bad over active slots a guild) by the delta method, kept as running sums. */
import { growthBookScore } from './methods.mjs';

/** Per arm: guilds, sums of bad, active, bad², active², bad·active. */
const noSums = () => new Float64Array(6);

export class GuildTotals {
  constructor(guilds) {
    this.bad = new Int32Array(guilds);
    this.active = new Int32Array(guilds);
    this.sums = [noSums(), noSums()];
  }

  add(guild, arm, isBad) {
    const sums = this.sums[arm];
    this.shift(sums, guild, -1);
    this.active[guild]++;
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
    const active = this.active[guild];
    if (active === 0) return;
    sums[0] += sign;
    sums[1] += sign * bad;
    sums[2] += sign * active;
    sums[3] += sign * bad * bad;
    sums[4] += sign * active * active;
    sums[5] += sign * bad * active;
  }
}

function ratioOf([guilds, bad, active, bad2, active2, badActive]) {
  if (guilds < 2 || bad === 0) return { mean: 0, variance: NaN };
  const mean = bad / active;
  const covered = (sum, a, b) => (sum - (a * b) / guilds) / (guilds - 1);
  const residual =
    covered(bad2, bad, bad) -
    2 * mean * covered(badActive, bad, active) +
    mean ** 2 * covered(active2, active, active);
  return { mean, variance: residual / guilds / (active / guilds) ** 2 };
}
