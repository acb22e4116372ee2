/** Invented traffic, for a bot that has not recorded enough of its own. */
import { coarseBucket, fineBucket } from '../../health/judging/latencyBuckets.js';
import type { BaseCounts, BaseUnit } from '../../health/recording/HealthRecords.js';
import type { Random } from './Random.js';
import { Traffic, unitsADay } from './Traffic.js';

const days = 8;
/** More guilds than this do not change what comes out, only how long it takes. */
const mostGuilds = 1_000;
const runsPerGuildAndHour = 4;
const errorRate = 0.01;
/** Where a run failed: how likely the guild's next unit fails, too. */
const staysBroken = 0.1;
const medianMs = 120;

interface ModelGuild {
  readonly id: string;
  /** Mean runs a unit, over the day. */
  readonly runs: number;
  readonly errorRate: number;
  readonly medianMs: number;
  isBroken: boolean;
}

/**
 * Guilds as they usually are: a few do most (Zipf), some fail far more often than others (lognormal, sigma 1, around 1 %), what
 * failed often fails again soon, nights are quiet, and durations are lognormal around a median of each guild's own.
 *
 * @param guilds how many the bot is in; at least 2 and at most 1,000 are modelled
 */
export function modelTraffic(guilds: number, random: Random): Traffic {
  const crowd = crowdOf(Math.min(mostGuilds, Math.max(2, guilds)), random);
  const traffic = new Traffic();
  for (let day = 0; day < days; day++) {
    const units = Array.from({ length: unitsADay }, (_, slot): BaseUnit => {
      const busy = timeOfDay(slot);
      return { unit: day * unitsADay + slot, guilds: crowd.flatMap((guild) => unitOf(guild, busy, random)) };
    });
    traffic.add(units, day * unitsADay);
  }
  return traffic;
}

function crowdOf(size: number, random: Random): readonly ModelGuild[] {
  const weights = Array.from({ length: size }, (_, rank) => 1 / (rank + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, i) => ({
    id: String(i),
    runs: (weight / total) * size * (runsPerGuildAndHour / 4),
    errorRate: Math.min(0.5, errorRate * Math.exp(random.normal() - 0.5)),
    medianMs: medianMs * Math.exp(0.4 * random.normal()),
    isBroken: false,
  }));
}

/** Three times as busy at the day's height as at its lowest; 1 on average. */
function timeOfDay(slot: number): number {
  return 1 + 0.5 * Math.sin((2 * Math.PI * slot) / unitsADay);
}

function unitOf(guild: ModelGuild, busy: number, random: Random): readonly BaseCounts[] {
  const runs = random.poisson(guild.runs * busy);
  if (runs === 0) return [];
  let failures = guild.isBroken ? 1 : 0;
  const durations: Record<number, number> = {};
  for (let run = 0; run < runs; run++) {
    if (random.uniform() < guild.errorRate) failures++;
    const bucket = coarseBucket(fineBucket(guild.medianMs * Math.exp(0.6 * random.normal())));
    durations[bucket] = (durations[bucket] ?? 0) + 1;
  }
  guild.isBroken = failures > 0 && random.uniform() < staysBroken;
  return [{ guild: guild.id, runs, failures: Math.min(runs, failures), durations }];
}
