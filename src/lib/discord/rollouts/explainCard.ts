/** `/rollout explain` and Why?: every number behind the verdict. */
import type { Card, CardField, Text } from '../../alerts/Card.js';
import { count, lines } from '../../alerts/wording/facts.js';
import type { RolloutExplanation, SourceStatus } from '../../rollouts/RolloutStatus.js';
import { guardName, ratioText } from './parts.js';

const mostGuilds = 8;

export function explainCard({ status, sentences, guards, guilds }: RolloutExplanation): Card {
  return {
    tone: status.tone,
    title: `Why ${status.flag} is where it is: ${status.headline}`,
    body: lines(sentences.length === 0 ? ['It was not judged yet.'] : sentences),
    fields: [...guards.map(guardField), ...status.sources.map(sourceField), ...guildField(guilds)],
  };
}

function guardField({
  guard,
  canary,
  control,
  ticks,
  lnE,
  lnLimit,
  oneIn,
}: RolloutExplanation['guards'][number]): CardField {
  const evidence = Math.exp(Math.min(lnE, 700));
  return {
    name: guardName(guard),
    value: lines([
      guard.text,
      ...(ticks === 0
        ? []
        : [
            `With it: ${figure(canary.bad)} bad of ${figure(canary.exposure)} expected. Without: ${figure(control.bad)} of ${figure(control.exposure)}. ${count(ticks, 'tick')}.`,
            `Ratio ${ratioText(guard)}. Evidence ${figure(evidence)} of the ${figure(Math.exp(lnLimit))} at which it acts.`,
          ]),
      ...(oneIn > 2
        ? [
            `Were nothing wrong, evidence this strong would appear in fewer than 1 of ${Math.floor(oneIn).toLocaleString('en-US')} rollouts, however often we look.`,
          ]
        : []),
    ]),
  };
}

function sourceField({ name, action, text }: SourceStatus): CardField {
  return { name: `${name} (${action})`, value: text };
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
    { name: 'Guilds that weigh most in the last day', value: lines(guilds.slice(0, mostGuilds).map(line)) },
  ];
}

/** Three digits are enough to check a sum by. */
function figure(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}
