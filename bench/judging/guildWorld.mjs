/**
 * Guilds as they are: Zipf traffic, error-proneness lognormal (sigma 1) around 1 %, and bursts of retries where one broke.
 * 4,000 commands an hour before retries, in slots of 15 minutes.
 */
import { bucketOfLn, drawLnDuration, durationSlots } from './durations.mjs';
import { aliasSampler, Random } from './random.mjs';

export const slotHours = 0.25;
const commandsPerSlot = 1_000;
export const historySlots = 7 * 24 * 4;

/** After a failure: the chance of one more try, that it fails too, and that the guild is still broken in the next slot. */
const retries = { again: 0.75, failsToo: 0.8, staysBroken: 0.1 };

export class GuildWorld {
  constructor(seed, { guilds = 1_000, withDurations = false } = {}) {
    this.random = new Random(seed);
    this.guilds = guilds;
    this.pick = aliasSampler(Float64Array.from({ length: guilds }, (_, rank) => 1 / (rank + 1)));
    this.errorRate = Float64Array.from({ length: guilds }, () =>
      Math.min(0.5, 0.01 * Math.exp(this.random.normal() - 0.5)),
    );
    this.lnSlowness = Float64Array.from({ length: guilds }, () => 0.4 * this.random.normal());
    this.withDurations = withDurations;
    this.runs = new Int32Array(guilds);
    this.failures = new Int32Array(guilds);
    this.isBroken = new Uint8Array(guilds);
    this.durations = withDurations ? new Int32Array(guilds * durationSlots) : null;
    this.active = [];
  }

  /**
   * One slot: afterwards `active` holds the guilds that did anything, `runs`, `failures` and `durations` what they did.
   *
   * @param riskOf how many times as likely as usual a command of the guild fails.
   */
  slot(riskOf = () => 1) {
    this.clear();
    for (let left = this.random.poisson(commandsPerSlot); left > 0; left--) {
      const guild = this.pick(this.random);
      this.run(guild, this.isBroken[guild] ? retries.failsToo : this.errorRate[guild] * riskOf(guild));
    }
    for (const guild of this.active) {
      const breaks = this.failures[guild] > 0 && this.random.uniform() < retries.staysBroken;
      this.isBroken[guild] = breaks ? 1 : 0;
    }
  }

  /** How often each guild was active and failed in the 7 days before: the judge's offsets come from it. */
  history() {
    const hits = new Float64Array(this.guilds);
    const active = new Int32Array(this.guilds);
    for (let slot = 0; slot < historySlots; slot++) {
      this.slot();
      for (const guild of this.active) {
        active[guild]++;
        if (this.failures[guild] > 0) hits[guild]++;
      }
      this.onHistory?.(this);
    }
    return { hits, active };
  }

  /** Each guild by itself with the given chance: 1 = canary. */
  assign(share) {
    return Uint8Array.from({ length: this.guilds }, () => (this.random.uniform() < share ? 1 : 0));
  }

  run(guild, risk) {
    this.count(guild);
    if (this.random.uniform() >= risk) return;
    this.failures[guild]++;
    while (this.random.uniform() < retries.again) {
      this.count(guild);
      if (this.random.uniform() < retries.failsToo) this.failures[guild]++;
    }
  }

  count(guild) {
    if (this.runs[guild]++ === 0) this.active.push(guild);
    if (!this.durations) return;
    const bucket = bucketOfLn(drawLnDuration(this.random) + this.lnSlowness[guild]);
    this.durations[guild * durationSlots + bucket]++;
  }

  clear() {
    for (const guild of this.active) {
      this.runs[guild] = 0;
      this.failures[guild] = 0;
      this.durations?.fill(0, guild * durationSlots, (guild + 1) * durationSlots);
    }
    this.active.length = 0;
  }
}
