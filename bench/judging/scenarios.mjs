/** Every simulated rollout of this bench by name: a seed and settings in, peaks or times of detection out. */
import { harmfulCommands, harmlessCommands } from './commandWorld.mjs';
import { harmfulGuilds, harmlessGuilds } from './guildRollouts.mjs';
import { harmlessPlan } from './planRollouts.mjs';

/** `rollouts`: how many one call simulates; `seed` keeps the scenarios' random numbers apart. */
export const scenarios = {
  independent: {
    seed: 1_000_000,
    rollouts: 1,
    run: (seed) => [
      harmlessCommands(seed, { hours: 48, tickHours: 1 / 120, ramp: false, alpha: 0.01, margin: 1 }),
    ],
  },
  ramp: {
    seed: 2_000_000,
    rollouts: 1,
    run: (seed) => [
      harmlessCommands(seed, { hours: 48, tickHours: 1 / 120, ramp: true, alpha: 0.01, margin: 1 }),
    ],
  },
  fortnight: {
    seed: 3_000_000,
    rollouts: 1,
    run: (seed) => [
      harmlessCommands(seed, { hours: 336, tickHours: 0.25, ramp: false, alpha: 0.01, margin: 1 }),
    ],
  },
  guilds: {
    seed: 4_000_000,
    rollouts: 5,
    run: (seed) => harmlessGuilds(seed, { hours: 48, assignments: 5, alpha: 0.01 }),
  },
  plan: { seed: 5_000_000, rollouts: 10, run: (seed) => harmlessPlan(seed, { assignments: 10 }) },
  harmFresh: {
    seed: 6_000_000,
    rollouts: 1,
    run: (seed, settings) => [
      harmfulCommands(seed, { healthyHours: 0, alpha: 0.01, margin: 1, ...settings }),
    ],
  },
  harmLate: {
    seed: 7_000_000,
    rollouts: 1,
    run: (seed, settings) => [
      harmfulCommands(seed, { healthyHours: 240, alpha: 0.01, margin: 1, ...settings }),
    ],
  },
  harmGuilds: {
    seed: 8_000_000,
    rollouts: 1,
    run: (seed, settings) => [harmfulGuilds(seed, { maxHours: 168, alpha: 0.01, ...settings })],
  },
};
