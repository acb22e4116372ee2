/** A comparison in sentences, for `/rollout explain`. */
import type { ComparisonReport } from './Comparisons.js';

/** Empty where the two never ran side by side and nothing fell back. */
export function comparisonText({ counts }: ComparisonReport): readonly string[] {
  const both = counts.same + counts.different;
  const number = (value: number): string => value.toLocaleString('en-US');
  const sentences: string[] = [];
  if (both > 0) {
    sentences.push(
      counts.different === 0
        ? `Old and new implementation gave the same answer in all ${number(both)} comparisons of the last 30 days.`
        : `Old and new implementation differed in ${number(counts.different)} of ${number(both)} comparisons of the last 30 days.`,
    );
  }
  if (counts.fallback > 0)
    sentences.push(`The new one failed ${times(counts.fallback)}, and the old one answered instead.`);
  if (counts['too-slow'] > 0)
    sentences.push(
      `${times(counts['too-slow'], true)} the one that ran beside did not end in time, and was not compared.`,
    );
  if (counts['left-out'] > 0)
    sentences.push(`${times(counts['left-out'], true)} too much was being compared already.`);
  return sentences;
}

function times(count: number, begins = false): string {
  if (count === 1) return begins ? 'Once' : 'once';
  return `${count.toLocaleString('en-US')} times`;
}
