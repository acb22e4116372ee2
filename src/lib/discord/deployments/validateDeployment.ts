/** `/deploy validate`: the newest result of a version's gate, or a run in the bot with live ticks. */
import type { Card } from '../../alerts/Card.js';
import type { GateTick } from '../../deployments/gate/GateInBot.js';
import type { GateResult } from '../../deployments/gate/GateResult.js';
import { NotNow } from '../../flags/errors.js';
import type { Turn } from '../Turn.js';
import { gateCard, noGateCard } from './cards.js';
import { ticksText } from './gateTicks.js';
import { LiveAnswer } from './LiveAnswer.js';

export interface Validating {
  readonly version: string | undefined;
  readonly environment: string;
  readonly isToRun: boolean;
}

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
  const { deployments, gateInBot } = turn.house;
  if (gateInBot === undefined) {
    throw new NotNow('The gate is not run in this bot.', {
      next: 'Run it where the source is, with npx rollouts gate --post, or set GATE_IN_BOT=true.',
    });
  }
  await turn.wait();
  const answer = new LiveAnswer(turn, lateCard(release));
  const onCard = deployments.followGate(release, environment);
  const onTicks = (ticks: readonly GateTick[]): void => {
    answer.show(tickCard(release, ticks));
    onCard.tell(ticks);
  };
  let gate: GateResult;
  try {
    gate = await gateInBot({ release, signal: new AbortController().signal, onTicks });
    await deployments.takeGate(gate, environment, { by: turn.actor });
  } finally {
    onCard.end();
    await answer.stop();
  }
  await answer.end(gateCard(gate));
}

function lateCard(release: string): Card {
  return {
    tone: 'info',
    title: `The gate still runs for ${release}`,
    body: `An answer can be edited for a quarter of an hour only. What it finds is kept: look with /deploy validate version:${release}.`,
  };
}

function tickCard(release: string, ticks: readonly GateTick[]): Card {
  return {
    tone: 'info',
    title: `The gate runs for ${release}`,
    body: ticksText(ticks),
  };
}
