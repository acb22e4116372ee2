/** What `/rollout explain` and Why? answer: the verdict's numbers, and what the bot's own code found by comparing. */
import type { Card, CardField, Text } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import type { ComparisonReport } from '../../choices/Comparisons.js';
import { comparisonText } from '../../choices/comparisonText.js';
import type { House } from '../House.js';
import { explainCard } from './explainCard.js';

const mostExamples = 4;

/** Throws UnknownRollout, Unavailable. */
export async function explainRollout(
  { rollouts, choices }: Pick<House, 'rollouts' | 'choices'>,
  rollout: string,
): Promise<Card> {
  const explanation = await rollouts.explain(rollout);
  const card = explainCard(explanation);
  const report = await choices.comparisons.report(explanation.status.flag);
  return { ...card, fields: [...(card.fields ?? []), ...comparisonField(report)] };
}

/** Nothing where the two implementations never ran side by side. */
export function comparisonField(report: ComparisonReport): readonly CardField[] {
  const sentences = comparisonText(report);
  if (sentences.length === 0) return [];
  const examples = report.examples
    .slice(0, mostExamples)
    .map(({ at, guildId, lines: differences }): Text => [
      { time: at, style: 'R' },
      ` in ${guildId ?? 'a direct message'}: ${differences.join('; ').slice(0, 160)}`,
    ]);
  return [{ name: 'Old and new implementation', value: lines([...sentences, ...examples]) }];
}
