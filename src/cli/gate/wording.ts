/** What a person at a terminal, or in a CI log, sees of the gate. */
import type { CriterionResult, GateResult, StageResult } from '../../lib/deployments/gate/GateResult.js';
import type { GateNews } from '../../lib/deployments/gate/runGate.js';
import { span } from '../../lib/core/span.js';

const marks: Readonly<Record<CriterionResult['verdict'], string>> = {
  met: '✓',
  'not-met': '✗',
  unknown: '?',
};

/** @param verbose what the commands write, too */
export function newsLines(news: GateNews, verbose: boolean): readonly string[] {
  switch (news.kind) {
    case 'started':
      return [`▶ ${news.stage} (${news.index + 1} of ${news.of})`];
    case 'line':
      return verbose ? [`  ${news.line}`] : [];
    case 'ended':
      return stageLines(news.result, verbose);
  }
}

function stageLines(
  { name, verdict, tookMs, criteria, sentence, tail }: StageResult,
  verbose: boolean,
): readonly string[] {
  const took = tookMs < 60_000 ? `${(tookMs / 1_000).toFixed(1)} s` : span(tookMs);
  const asked = criteria.map(({ text, verdict: met, why }) => `    ${marks[met]} ${text}: ${why}`);
  if (verdict === 'passed')
    return [`  ✓ ${name} passed in ${took}`, ...(asked.length > 0 ? asked : [`    ${sentence}`])];
  const isSaid = criteria.some(({ text, why }) => `${text}: ${why}` === sentence);
  return [
    `  ✗ ${name} failed after ${took}`,
    ...(isSaid ? [] : [`    ${sentence}`]),
    ...asked,
    ...(verbose || tail === ''
      ? []
      : ['    Its last lines:', ...tail.split('\n').map((line) => `      ${line}`)]),
  ];
}

export function summary({ release, verdict, stages, startedAt, endedAt }: GateResult): string {
  const took = span(endedAt - startedAt);
  if (verdict === 'passed') return `The gate is passed: ${release} may be deployed (${took}).`;
  const named = (which: StageResult['verdict']): string =>
    stages
      .filter((stage) => stage.verdict === which)
      .map(({ name }) => name)
      .join(', ');
  const left = named('not-run');
  return `The gate failed: do not deploy ${release}. Failed: ${named('failed')}.${left === '' ? '' : ` Not run: ${left}.`}`;
}
