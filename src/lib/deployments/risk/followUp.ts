import type { Breach, RiskLevel, RiskTrigger } from '../documents.js';
import type { RiskPolicy, RiskRule } from './RiskPolicy.js';

export interface FollowUp {
  readonly level: RiskLevel;
  readonly rule: RiskRule;
  readonly action: Breach['action'];
  readonly flags: readonly string[];
}

/**
 * What the policy wants done about a breach. What only flags can be used for becomes a question where no flag is under way:
 * bringing the whole version back for less than a critical breach is a person's decision.
 *
 * @param proven flags that were shown to be the cause; empty = not known
 * @param underWay flags whose rollouts run beside the deployment
 */
export function followUp(
  policy: RiskPolicy,
  trigger: RiskTrigger,
  { proven, underWay }: { readonly proven: readonly string[]; readonly underWay: readonly string[] },
): FollowUp {
  const level = policy.levels[trigger];
  const rule = policy.rules[level];
  if (rule.action === 'tell') return { level, rule, action: rule.asks ? 'ask' : 'tell', flags: [] };
  const flags = rule.action === 'rollback' ? [] : proven.length > 0 ? proven : underWay;
  const isPossible = rule.action === 'rollback' || flags.length > 0;
  return { level, rule, action: rule.asks || !isPossible ? 'ask' : rule.action, flags };
}
