/** `risk:` of deployments.yaml: what each kind of breach is, and what is done about each level. */
import { z } from 'zod';
import { riskLevels, type RiskLevel, riskTriggers, type RiskTrigger } from '../documents.js';
import { riskDefaults, type RiskPolicy, type RiskRule } from '../risk/RiskPolicy.js';

const level = z.enum(riskLevels, `expected ${riskLevels.join(', ')}`);
const actions = ['rollback', 'gradual-rollback', 'pause', 'tell'] as const;
const channels = ['operations', 'dev-team', 'management'] as const;

const rule = z.strictObject({
  action: z.enum(actions, `expected ${actions.join(', ')}`).optional(),
  ask: z
    .boolean('expected true or false')
    .optional()
    .describe('Ask people instead of acting. Default false.'),
  tell: z
    .array(z.enum(channels, `expected ${channels.join(', ')}`))
    .min(1, 'expected at least one channel: what nobody hears of is not watched')
    .optional()
    .describe('The staff channels that are told.'),
  page: z.boolean('expected true or false').optional().describe('Ping the on-call role.'),
});

export const riskSection = z
  .strictObject({
    levels: z
      .partialRecord(z.enum(riskTriggers, `expected one of ${riskTriggers.join(', ')}`), level)
      .optional()
      .describe('The level of each kind of breach.'),
    critical: rule.optional().describe('Default: rollback; everybody is told, on-call is pinged.'),
    high: rule.optional().describe('Default: gradual-rollback; operations and dev-team, on-call is pinged.'),
    medium: rule
      .optional()
      .describe('Default: pause; operations and dev-team are told, members are asked for feedback.'),
    low: rule.optional().describe('Default: tell; operations and members are told.'),
  })
  .describe('What follows from a breach after a deployment.');

type Written = z.output<typeof riskSection>;

export function riskOf(written: Written | undefined): RiskPolicy {
  const ruleOf = (name: RiskLevel): RiskRule => {
    const { action, ask, tell, page } = written?.[name] ?? {};
    const usual = riskDefaults.rules[name];
    return {
      action: action ?? usual.action,
      asks: ask ?? usual.asks,
      tell: tell ?? usual.tell,
      pages: page ?? usual.pages,
    };
  };
  const levels: Record<RiskTrigger, RiskLevel> = { ...riskDefaults.levels };
  for (const trigger of riskTriggers) levels[trigger] = written?.levels?.[trigger] ?? levels[trigger];
  return {
    levels,
    rules: {
      critical: ruleOf('critical'),
      high: ruleOf('high'),
      medium: ruleOf('medium'),
      low: ruleOf('low'),
    },
  };
}
