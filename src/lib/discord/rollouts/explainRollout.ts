/** What `/rollout explain` and Why? answer: the verdict's numbers, what the bot's own code found by comparing, what people said. */
import type { Card, CardField, Text } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import type { ComparisonReport } from '../../choices/Comparisons.js';
import { comparisonText } from '../../choices/comparisonText.js';
import type { House } from '../House.js';
import { explainCard } from './explainCard.js';
import { guildName } from '../guildNames.js';
import { heardOf } from './heard.js';

const mostExamples = 4;

/** Throws UnknownRollout, Unavailable. */
export async function explainRollout(
  house: Pick<House, 'rollouts' | 'choices' | 'feedback' | 'flags' | 'domainTime' | 'realTime'>,
  rollout: string,
): Promise<Card> {
  const { status, ...explanation } = await house.rollouts.explain(rollout);
  const card = explainCard({ status, ...explanation });
  const report = await house.choices.comparisons.report(status.flag);
  const { fields, buttons } = await heardOf(house, status);
  return {
    ...card,
    fields: [
      ...(card.fields ?? []),
      ...comparisonField(report, (guild) => guildName(house.flags, guild)),
      ...fields,
    ],
    buttons,
  };
}

/** Nothing where the two implementations never ran side by side. */
export function comparisonField(
  report: ComparisonReport,
  nameOf: (guildId: string) => string,
): readonly CardField[] {
  const sentences = comparisonText(report);
  if (sentences.length === 0) return [];
  const examples = report.examples
    .slice(0, mostExamples)
    .map(({ at, guildId, lines: differences }): Text => [
      { time: at, style: 'R' },
      ` in ${guildId === null ? 'a direct message' : nameOf(guildId)}: ${differences.join('; ').slice(0, 160)}`,
    ]);
  return [{ name: 'Old and new implementation', value: lines([...sentences, ...examples]) }];
}
