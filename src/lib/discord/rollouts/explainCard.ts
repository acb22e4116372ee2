/** `/rollout explain` and Why?: every number behind the verdict. */
import { count } from '../../core/count.js';
import type { Card, CardField, Text } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import type { GuardStatus, RolloutExplanation, SourceStatus } from '../../rollouts/RolloutStatus.js';
import { countedText, figure, howCounted, rangeText } from './countedText.js';
import { guardEnds, guardNames } from './parts.js';

const mostGuilds = 8;

type Guard = RolloutExplanation['guards'][number];

export function explainCard({ status, sentences, guards, guilds }: RolloutExplanation): Card {
  const metrics = [...new Set(guards.map(({ guard }) => guard.metric))];
  return {
    tone: status.tone,
    title: `Why ${status.flag} is where it is: ${status.headline}`,
    body: lines(sentences.length === 0 ? ['It was not judged yet.'] : sentences),
    fields: [
      ...metrics.map((metric) =>
        metricField(
          metric,
          guards.filter(({ guard }) => guard.metric === metric),
        ),
      ),
      ...status.sources.map(sourceField),
      ...guildField(guilds),
      ...(guards.some(({ ticks }) => ticks > 0) ? [howCounted] : []),
    ],
  };
}

/** What was counted once, then what each guard over it makes of that. */
function metricField(metric: GuardStatus['metric'], guards: readonly Guard[]): CardField {
  const [first] = guards;
  const texts = new Set(guards.map(({ guard }) => guard.text));
  return {
    name: guardNames[metric],
    value: lines([
      ...texts,
      ...(first === undefined || first.ticks === 0
        ? []
        : [countedText(metric, first), rangeText(first.guard)]),
      ...guards.map(guardText),
    ]),
  };
}

function guardText({ guard, ticks, lnE, lnLimit, oneIn }: Guard): string {
  const rule = `It ${guardEnds[guard.action]} when surely above ${guard.margin}×`;
  if (ticks === 0) return `${rule}.`;
  const evidence = Math.exp(Math.min(lnE, 700));
  // What is proven says in its own sentence how rare it would be.
  const isRare = oneIn > 2 && guard.is !== 'proven';
  const rare = isRare
    ? `, as in fewer than 1 of ${Math.floor(oneIn).toLocaleString('en-US')} rollouts with nothing wrong`
    : '';
  return `${rule}. Evidence for that: ${figure(evidence)}${rare}; ${figure(Math.exp(lnLimit))} is enough.`;
}

function sourceField({ name, action, text }: SourceStatus): CardField {
  return { name: `${name}: ${guardEnds[action]}`, value: text };
}

function guildField(guilds: RolloutExplanation['guilds']): readonly CardField[] {
  if (guilds.length === 0) return [];
  const line = ({ name, id, arm, runs, failures }: RolloutExplanation['guilds'][number]): Text => [
    { bold: name },
    ' ',
    { code: id },
    ` ${arm === 'canary' ? 'with it' : 'without'}: ${count(failures, 'failure')} in ${count(runs, 'command')}`,
  ];
  return [
    {
      name: 'Most failures, then most commands, in the last day',
      value: lines(guilds.slice(0, mostGuilds).map(line)),
    },
  ];
}
