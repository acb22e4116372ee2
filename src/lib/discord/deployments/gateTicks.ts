/** A gate while it runs, as the answer to whoever began it and the deployment's card show it. */
import { count } from '../../core/count.js';
import type { Text } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import type { GateTick } from '../../deployments/gate/GateInBot.js';

const signs = { running: '▶', passed: '✔', failed: '✖', 'not-run': '–' } as const;

/** A line a stage. @param most only the last so many; those before are counted */
export function ticksText(ticks: readonly GateTick[], most = ticks.length): Text {
  const before = Math.max(0, ticks.length - most);
  return lines([
    ...(before === 0 ? [] : [`… after ${count(before, 'stage')}`]),
    ...ticks
      .slice(before)
      .map(({ stage, state, detail }): Text => [
        `${signs[state]} `,
        state === 'running' || state === 'failed' ? { bold: stage } : stage,
        detail === '' ? '' : `  ${detail.slice(0, 120)}`,
      ]),
  ]);
}

/** Another one where a stage began or ended. */
export function ticksMark(ticks: readonly GateTick[]): string {
  return ticks.map(({ state }) => state).join();
}
