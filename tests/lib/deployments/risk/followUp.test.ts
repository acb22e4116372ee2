import { expect, it } from 'vitest';
import { riskTriggers } from '../../../../src/lib/deployments/documents.js';
import { riskOf, riskSection } from '../../../../src/lib/deployments/file/riskSection.js';
import { followUp } from '../../../../src/lib/deployments/risk/followUp.js';
import { riskDefaults } from '../../../../src/lib/deployments/risk/RiskPolicy.js';

const flags = { proven: [], underWay: ['a', 'b'] };

it('the seed’s matrix is the default', () => {
  const done = Object.fromEntries(
    riskTriggers.map((trigger) => {
      const { level, action } = followUp(riskDefaults, trigger, flags);
      return [trigger, `${level}: ${action}`];
    }),
  );
  expect(done).toEqual({
    'crash-storm': 'critical: rollback',
    'response-times': 'high: gradual-rollback',
    errors: 'medium: pause',
    'errors-proven': 'high: gradual-rollback',
    memory: 'high: gradual-rollback',
    database: 'high: gradual-rollback',
    'external-services': 'low: tell',
    'user-commands': 'low: tell',
    'no-telemetry': 'low: tell',
  });
});

it('a flag that is proven to be the cause is the only one that is touched', () => {
  expect(followUp(riskDefaults, 'errors-proven', { ...flags, proven: ['b'] }).flags).toEqual(['b']);
  expect(followUp(riskDefaults, 'memory', flags).flags).toEqual(['a', 'b']);
  expect(followUp(riskDefaults, 'crash-storm', { ...flags, proven: ['b'] }).flags).toEqual([]);
});

it('what only flags can be used for is asked where there is none', () => {
  expect(followUp(riskDefaults, 'memory', { proven: [], underWay: [] }).action).toBe('ask');
  expect(followUp(riskDefaults, 'crash-storm', { proven: [], underWay: [] }).action).toBe('rollback');
});

it('every level can ask, tell others, and be given to another kind of breach', () => {
  const policy = riskOf(
    riskSection.parse({
      levels: { memory: 'critical' },
      critical: { ask: true, tell: ['management'], page: false },
      medium: { action: 'tell' },
    }),
  );
  expect(followUp(policy, 'memory', flags)).toMatchObject({
    level: 'critical',
    action: 'ask',
    rule: { action: 'rollback', tell: ['management'], pages: false },
  });
  expect(followUp(policy, 'errors', flags)).toMatchObject({ level: 'medium', action: 'tell' });
  expect(riskOf(undefined)).toEqual(riskDefaults);
});

it.each([
  [{ levels: { memroy: 'high' } }, 'memroy'],
  [{ critical: { action: 'explode' } }, 'rollback, gradual-rollback, pause, tell'],
  [{ low: { tell: [] } }, 'at least one channel'],
])('a policy that cannot be followed is refused with what is expected: %j', (written, said) => {
  const read = riskSection.safeParse(written);
  expect(read.success).toBe(false);
  expect(JSON.stringify(read.error?.issues)).toContain(said);
});
