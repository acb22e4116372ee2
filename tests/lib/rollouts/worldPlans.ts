/** Plans as the tests of rollouts write them. */
import type { Plan } from '../../../src/lib/rollouts/plans/Plan.js';
import type { PlanShelf } from '../../../src/lib/rollouts/plans/PlanShelf.js';
import { readPlan } from '../../../src/lib/rollouts/plans/readPlan.js';

export function planOf(yaml: string): Plan {
  const read = readPlan(yaml, 'test.yaml', 'test');
  if (read.ok) return read.plan;
  throw new Error(JSON.stringify(read.problems));
}

/** One step of 4 h at 20 %, then the end. */
export const shortPlan = planOf(`
rollout_strategy:
  name: short
  phases:
    - { name: some, percentage: 20, duration: 4h }
    - { name: rest, percentage: 100, duration: 4h }
  minimum_exposure: { guilds: 5, commands: 50 }
  tolerance: 20
`);

export function shelfOf(plan: Plan): PlanShelf {
  return {
    all: [{ ok: true, source: 'test', plan }],
    names: [plan.name],
    problems: [],
    plan: () => plan,
  } as unknown as PlanShelf;
}
