/** From a breach to the notices that tell of it, by the risk policy's channels; and what members are told. */
import type { Card, Notice } from '../../alerts/Card.js';
import {
  askingMembers,
  type ForMembers,
  memberCard,
  takenBackForMembers,
  troubleForMembers,
  wellAgainForMembers,
} from '../../alerts/wording/members.js';
import {
  breachActed,
  breachFound,
  type BreachFacts,
  type RolloutFacts,
} from '../../alerts/wording/monitor.js';
import type { RiskRule } from '../risk/RiskPolicy.js';
import type { Breach, DeploymentDocument } from '../documents.js';
import type { Acted } from './acting.js';

const kind = 'deployment-monitor';

export interface Telling {
  /** The id of the channel in which members read; undefined: staff get the words to hand on. */
  readonly usersChannel?: string | undefined;
  /** Whether the version before can be brought back from here. @default true */
  readonly hasDriver?: boolean | undefined;
  /** Those that are under way beside the deployment. */
  readonly rollouts: readonly RolloutFacts[];
}

export function breachNotices(
  document: DeploymentDocument,
  breach: Breach,
  rule: RiskRule,
  telling: Telling,
): readonly Notice[] {
  const facts = factsOf(document, breach, rule, telling);
  const isTold = breach.action === 'tell' && facts.forMembers !== undefined;
  return [
    ...toAll(document, rule, breachFound(facts), rule.pages),
    ...(isTold ? toMembers(telling, facts.forMembers, 'warn') : []),
  ];
}

/** What a rollback begins with calls on-call, and carries the card and the proof: two calls would be one trouble twice. */
export function callsByItself({ action }: Pick<Breach, 'action'>): boolean {
  return action === 'rollback' || action === 'gradual-rollback';
}

/**
 * Who was told of the breach hears what came of it; on-call is called where it could not be done, so that a person must do it now.
 * That everything is rolled back is told by the rollback, and by the deployment's end.
 */
export function actedNotices(
  document: DeploymentDocument,
  breach: Breach,
  rule: RiskRule,
  acted: Acted,
  telling: Telling,
): readonly Notice[] {
  if (breach.action === 'rollback' && acted.isDone) return [];
  const facts = factsOf(document, breach, rule, telling);
  const isAsked = breach.action === 'pause' && acted.isDone;
  return [
    ...toAll(document, rule, breachActed(facts, acted), rule.pages && !acted.isDone),
    ...(isAsked ? toMembers(telling, facts.forMembers, 'info') : []),
  ];
}

/** Who was told of a trouble hears that it is over, once all that they were told of is. */
export function wellAgainNotices(document: DeploymentDocument, telling: Telling): readonly Notice[] {
  const { monitor } = document;
  const told = toldToMembers(document);
  const isWell = told.every(
    ({ check }) => monitor?.readings.find((one) => one.check === check)?.verdict === 'healthy',
  );
  return told.length > 0 && isWell ? toMembers(telling, wellAgainForMembers(), 'good') : [];
}

/** Who was told of a trouble hears that a rollback is to end it. */
export function takenBackNotices(
  document: DeploymentDocument,
  telling: Pick<Telling, 'usersChannel'>,
): readonly Notice[] {
  return toldToMembers(document).length === 0 ? [] : toMembers(telling, takenBackForMembers(), 'info');
}

function toldToMembers({ monitor }: DeploymentDocument): readonly Breach[] {
  return (monitor?.breaches ?? []).filter(
    ({ action, trigger }) => action === 'tell' && troubleForMembers(trigger) !== undefined,
  );
}

function toMembers(
  { usersChannel }: Pick<Telling, 'usersChannel'>,
  words: ForMembers | undefined,
  tone: Card['tone'],
): readonly Notice[] {
  if (usersChannel === undefined || words === undefined) return [];
  return [{ kind: 'members', to: { channel: usersChannel }, card: memberCard(words, tone) }];
}

function toAll(
  { id }: DeploymentDocument,
  { tell }: RiskRule,
  card: Card,
  pages: boolean,
): readonly Notice[] {
  return tell.map((to, at) => ({
    kind,
    to,
    card,
    about: { id },
    ...(pages && at === 0 && { pingOnCall: true, trouble: id }),
  }));
}

function factsOf(
  { version, environment }: DeploymentDocument,
  { check, trigger, level, action, flags, sentence }: Breach,
  rule: RiskRule,
  { usersChannel, hasDriver, rollouts }: Telling,
): BreachFacts {
  return {
    ...{ version, environment, check, level, action, wanted: rule.action, flags, sentence },
    forMembers:
      rule.action === 'pause' && flags.length > 0 ? askingMembers(flags) : troubleForMembers(trigger),
    ...{ usersChannel, hasDriver, rollouts },
  };
}
