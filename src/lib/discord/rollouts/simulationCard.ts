/** `/rollout simulate`: what a plan would have found, before anybody gets the feature. */
import { count } from '../../core/count.js';
import type { Card, CardField, Text } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import {
  basisSentence,
  harmlessSentence,
  harmSentence,
  missedSentence,
} from '../../rollouts/simulate/sentences.js';
import type { PhaseReach, Simulation } from '../../rollouts/simulate/Simulation.js';
import { showPercentage } from '../percentage.js';
import { span } from '../span.js';

export function simulationCard(simulation: Simulation): Card {
  const { plan, basis, harmless, harms, phases, untried, advice } = simulation;
  return {
    tone: advice.length === 0 ? 'good' : 'warn',
    title: `The plan ${plan}, tried out`,
    body: lines([
      'Nothing was changed: no guild got anything.',
      basisSentence(basis),
      harmlessSentence(harmless),
      missedSentence(harmless),
    ]),
    fields: [
      { name: 'If the feature did harm', value: lines(harms.map(harmSentence)) },
      { name: 'Phase by phase', value: lines(phases.map(phaseText)) },
      ...listed('What would make it better', advice),
      ...listed(
        'Not tried out',
        untried.map(({ guard, action, why }) => `${guard} (${action}): ${why}.`),
      ),
    ],
  };
}

function phaseText({
  name,
  servedBasisPoints,
  durationMs,
  isCompared,
  activeGuilds,
  held,
  finds,
}: PhaseReach): Text {
  const size = ` ${showPercentage(servedBasisPoints)} for ${span(durationMs)}: `;
  if (!isCompared) return [{ bold: name }, `${size}nothing to compare with; hard limits and reports only`];
  const sees =
    finds === null
      ? 'finds no rise below 20x by itself'
      : `by itself finds errors from ${Number(finds.toFixed(1))}x on`;
  const waits = held >= 0.2 ? `; held past its time in ${Math.round(held * 100)} % of tries` : '';
  return [{ bold: name }, `${size}about ${count(Math.round(activeGuilds), 'active guild')}, ${sees}${waits}`];
}

function listed(name: string, texts: readonly string[]): readonly CardField[] {
  return texts.length === 0 ? [] : [{ name, value: lines(texts) }];
}
