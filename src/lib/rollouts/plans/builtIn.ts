/** The plan that is followed where a bot has none of its own. */
import { readPlan } from './readPlan.js';
import type { Plan } from './Plan.js';

export const builtInName = 'default';

export const builtInYaml = `rollout_strategy:
  type: "canary"
  phases:
    - name: "internal_testing"
      percentage: 0
      target_guilds: ["internal_test_server"]
      duration: "24h"

    - name: "beta_guilds"
      percentage: 5
      target_guilds: ["beta_server_1", "beta_server_2"]
      duration: "72h"

    - name: "gradual_rollout"
      percentage: [10, 25, 50, 75, 100]
      duration_per_phase: "48h"

  rollback_triggers:
    - error_rate_increase: 20%
    - response_time_degradation: 50%
    - user_complaints: 5
`;

export function builtInPlan(): Plan {
  const read = readPlan(builtInYaml, 'built-in', builtInName);
  if (read.ok)
    return { ...read.plan, description: 'Two weeks: testers, beta guilds, then 10 to 100 % of all guilds.' };
  throw new Error(`The built-in plan is broken: ${JSON.stringify(read.problems)}`);
}
