/** From a breach to the notices that tell of it, by the risk policy's channels. */
import type { Card, Notice } from '../../alerts/Card.js';
import { breachActed, breachFound, type BreachFacts } from '../../alerts/wording/monitor.js';
import type { RiskRule } from '../risk/RiskPolicy.js';
import type { Breach, DeploymentDocument } from '../documents.js';
import type { Acted } from './acting.js';

const kind = 'deployment-monitor';

export function breachNotices(
  document: DeploymentDocument,
  breach: Breach,
  rule: RiskRule,
): readonly Notice[] {
  const card = breachFound(factsOf(document, breach, rule));
  return toAll(rule, card, rule.pages);
}

/** Who was told of the breach hears what came of it; on-call once more only where a person must do it now. */
export function actedNotices(
  document: DeploymentDocument,
  breach: Breach,
  rule: RiskRule,
  acted: Acted,
): readonly Notice[] {
  const card = breachActed(factsOf(document, breach, rule), acted);
  return toAll(rule, card, rule.pages && !acted.isDone);
}

function toAll({ tell }: RiskRule, card: Card, pages: boolean): readonly Notice[] {
  return tell.map((to, at) => ({ kind, to, card, ...(pages && at === 0 && { pingOnCall: true }) }));
}

function factsOf(
  { version, environment }: DeploymentDocument,
  { check, level, action, flags, sentence }: Breach,
  rule: RiskRule,
): BreachFacts {
  return { version, environment, check, level, action, wanted: rule.action, flags, sentence };
}
