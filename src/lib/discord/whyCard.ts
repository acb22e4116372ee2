/** `/feature why`: each rule of the order with its answer, so that nobody has to guess which one decided. */
import type { Card, Text } from '../alerts/Card.js';
import type { FlagsRoom, GuildFacts } from '../flags/FlagsRoom.js';
import type { Rule, RuleAnswer } from '../flags/results.js';

const ruleNames: Readonly<Record<Rule, string>> = {
  'everything-off': 'everything off',
  unknown: 'unknown or archived',
  disabled: 'disabled or killed',
  prerequisite: 'prerequisite off',
  ceiling: 'rollback in progress',
  denied: 'denied by staff',
  'keep-off': 'kept off by the guild',
  allowed: 'allowed by staff',
  joined: 'joined the beta',
  percentage: 'percentage',
  otherwise: 'otherwise',
};

const signs: Readonly<Record<RuleAnswer['answer'], string>> = {
  on: '🟢',
  off: '🔴',
  passed: '▫️',
  'not reached': '·',
};

export function whyCard(flags: FlagsRoom, key: string, guild: GuildFacts): Card {
  const { value, detail } = flags.evaluate(key, guild.id);
  return {
    tone: value ? 'good' : 'info',
    title: `${key} is ${value ? 'on' : 'off'} in ${guild.name}`,
    body: [
      detail,
      { br: true },
      'The first rule that applies decides:',
      { br: true },
      ...flags.explain(key, guild.id).flatMap(line),
    ],
  };
}

function line({ rule, answer, detail }: RuleAnswer, index: number): Exclude<Text, string> {
  const name = ruleNames[rule];
  const decides = answer === 'on' || answer === 'off';
  return [
    `${signs[answer]} ${index + 1}) `,
    decides ? { bold: name } : name,
    ` — ${decides ? `decides ${said(answer, detail)}` : answer === 'passed' && detail !== '' ? detail : answer}`,
    { br: true },
  ];
}

/** The detail of a rule that decides says its answer itself: `off: staff denied this guild on 3 May`. */
const said = (answer: string, detail: string): string =>
  detail.startsWith(answer) ? detail : `${answer}: ${detail}`;
