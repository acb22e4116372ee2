/** `/deploy validate`: the newest result of a version's gate, or a run in the bot with live ticks. */
import type { Card, Text } from '../../alerts/Card.js';
import { lines } from '../../alerts/wording/facts.js';
import type { GateTick } from '../../deployments/gate/GateInBot.js';
import { NotNow } from '../../flags/errors.js';
import type { Turn } from '../Turn.js';
import { gateCard, noGateCard } from './cards.js';

export interface Validating {
  readonly version: string | undefined;
  readonly environment: string;
  readonly isToRun: boolean;
}

/** Discord lets an answer be edited five times in five seconds. */
const betweenTicksMs = 1_500;
/** An answer may be edited for so long; what takes longer is on the deployment's card. */
const longestMs = 14 * 60_000;

/** @throws NotNow, and what the gate's file is refused for */
export async function validateDeployment(
  turn: Turn,
  { version, environment, isToRun }: Validating,
): Promise<void> {
  turn.require('narrow');
  const { deployments } = turn.house;
  const meant = version ?? deployments.status(environment)?.version;
  if (meant === undefined) {
    throw new NotNow(`Nothing was deployed to ${environment} yet, so that no version is meant.`, {
      next: 'Name the version.',
    });
  }
  if (isToRun) return run(turn, meant, environment);
  const gate = deployments.gate(meant);
  await turn.show(gate === undefined ? noGateCard(meant) : gateCard(gate));
}

async function run(turn: Turn, release: string, environment: string): Promise<void> {
  turn.require('admin');
  const { deployments, gateInBot, realTime, logger } = turn.house;
  if (gateInBot === undefined) {
    throw new NotNow('The gate is not run in this bot.', {
      next: 'Run it where the source is, with npx rollouts gate --post, or set GATE_IN_BOT=true.',
    });
  }
  await turn.wait();
  const begun = realTime.now();
  let shownAt = 0;
  let shown: Promise<void> = Promise.resolve();
  const onTicks = (ticks: readonly GateTick[]): void => {
    const now = realTime.now();
    if (now - shownAt < betweenTicksMs || now - begun > longestMs) return;
    shownAt = now;
    shown = shown
      .then(() => turn.show(tickCard(release, ticks)))
      .catch((error: unknown) => logger.debug('How far the gate is could not be shown.', error));
  };
  const gate = await gateInBot({ release, signal: new AbortController().signal, onTicks });
  await shown;
  await deployments.takeGate(gate, environment, { by: turn.actor });
  await turn.show(gateCard(gate));
}

const signs = { running: '▶', passed: '✔', failed: '✖', 'not-run': '–' } as const;

function tickCard(release: string, ticks: readonly GateTick[]): Card {
  return {
    tone: 'info',
    title: `The gate runs for ${release}`,
    body: lines(
      ticks.map(({ stage, state, detail }): Text => [
        `${signs[state]} `,
        state === 'running' ? { bold: stage } : stage,
        detail === '' ? '' : `  ${detail.slice(0, 120)}`,
      ]),
    ),
  };
}
