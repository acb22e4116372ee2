/** Records of a bot, written by hand. */
import type { BaseCounts, BaseUnit } from '../../../../src/lib/health/recording/HealthRecords.js';
import { unitOf } from '../../../../src/lib/health/recording/unitOf.js';
import { Random } from '../../../../src/lib/rollouts/simulate/Random.js';

export const now = Date.UTC(2026, 5, 15, 12, 30);
const dayMs = 86_400_000;

export interface Recorded {
  readonly guilds: number;
  readonly days: number;
  /** How likely a guild's unit has an error. @default 0.03 */
  readonly errorRate?: number;
  /** Chance that a guild does anything in a unit. @default 1 */
  readonly activity?: number;
}

/** What `HealthRecords.baseUnits` would answer, the same each time. */
export function recordsOf({ guilds, days, errorRate = 0.03, activity = 1 }: Recorded) {
  const random = new Random(5);
  const asked: [from: number, to: number][] = [];
  const since = unitOf(now - days * dayMs);
  const units = new Map<number, BaseUnit>();
  for (let unit = since; unit < unitOf(now); unit++) {
    const active = Array.from({ length: guilds }, (_, guild) => String(guild)).filter(
      () => random.uniform() < activity,
    );
    units.set(unit, { unit, guilds: active.map((guild) => counts(guild, random, errorRate)) });
  }
  const baseUnits = async (from: number, to: number): Promise<readonly BaseUnit[]> => {
    asked.push([from, to]);
    return [...units.values()].filter(({ unit }) => unit >= from && unit <= to);
  };
  return { baseUnits, asked };
}

function counts(guild: string, random: Random, errorRate: number): BaseCounts {
  return {
    guild,
    runs: 5,
    failures: random.uniform() < errorRate ? 1 : 0,
    durations: { 10: 2, 11: random.index(3), 12: 1, 13: random.index(2) },
  };
}
