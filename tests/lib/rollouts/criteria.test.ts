import { describe, expect, it } from 'vitest';
import { type CriteriaFacts, unmetCriterion } from '../../../src/lib/rollouts/criteria.js';
import type { PlanStep, StepCriteria } from '../../../src/lib/rollouts/plans/Plan.js';
import { planOf, shortPlan, World, type WorldOptions } from './World.js';

const facts: CriteriaFacts = {
  gatePassed: () => undefined,
  criticalReports: 0,
  ratings: [],
  errorsBelow: null,
};

function unmet(criteria: StepCriteria, known: Partial<CriteriaFacts> = {}): string | null {
  const step: PlanStep = { ...(shortPlan.steps[0] as PlanStep), criteria };
  return unmetCriterion(step, { ...facts, ...known });
}

describe('what is not known is not met', () => {
  it.each([
    [{ gatePassed: 'ready' }, 'no gate named ready has reported yet'],
    [{ minRating: 4 }, 'nobody has rated it yet'],
    [{ maxRatio: 1.5 }, 'not known yet'],
  ] as const)('%j', (criteria, text) => {
    expect(unmet(criteria)).toContain(text);
  });
});

it('a criterion is met by what was measured, and only by enough of it', () => {
  expect(unmet({ gatePassed: 'ready' }, { gatePassed: (gate) => gate === 'ready' })).toBeNull();
  expect(unmet({ gatePassed: 'ready' }, { gatePassed: () => false })).toBe('the gate ready failed');
  expect(unmet({ noCriticalReports: true })).toBeNull();
  expect(unmet({ noCriticalReports: true }, { criticalReports: 2 })).toContain('(2)');
  expect(unmet({ minRating: 4 }, { ratings: [5, 3] })).toBeNull();
  expect(unmet({ minRating: 4 }, { ratings: [4, 3] })).toContain('3.5 stars');
  expect(unmet({ maxRatio: 1.5 }, { errorsBelow: 1.2 })).toBeNull();
  expect(unmet({ maxRatio: 1.5 }, { errorsBelow: 1.5 })).toContain('1.50x');
});

describe('a phase that asks for a gate', () => {
  const plan = planOf(`
rollout_strategy:
  name: gated
  phases:
    - { name: some, percentage: 20, duration: 4h, success_criteria: { gate_passed: ready } }
    - { name: rest, percentage: 100, duration: 4h }
  minimum_exposure: { guilds: 5, commands: 50 }
  tolerance: 20
`);

  async function overdue(options: WorldOptions = {}): Promise<World> {
    const world = await World.open({ plan, ...options });
    await world.start(undefined);
    await world.units(40);
    return world;
  }

  it('holds while no gate has reported, says so, and goes on where a person advances it', async () => {
    const world = await overdue();
    const { state, step, obstacle } = await world.status();
    expect({ state, step }).toEqual({ state: 'holding', step: 0 });
    expect(obstacle).toContain('no gate named ready has reported yet');
    expect(obstacle).toContain('/rollout advance');
    await world.advance();
    expect(await world.status()).toMatchObject({ state: 'running', step: 1, obstacle: null });
  });

  it('goes on by itself once the gate has passed', async () => {
    let passed = false;
    const world = await overdue({ gatePassed: () => passed });
    expect((await world.status()).obstacle).toContain('the gate ready failed');
    passed = true;
    await world.unit();
    expect(await world.status()).toMatchObject({ state: 'running', step: 1 });
  });
});
