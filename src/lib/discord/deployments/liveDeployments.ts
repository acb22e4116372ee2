/** The deployments' cards in the staff's channel: one a deployment under way, and those of deployments that have just ended. */
import type { LiveMessage } from '../../alerts/live/LiveMessage.js';
import type { DeploymentDocument } from '../../deployments/documents.js';
import { isOver } from '../../deployments/life/transitions.js';
import type { ComponentsMessage } from '../ComponentsMessage.js';
import { newsCard } from '../rollouts/liveRollouts.js';
import { deploymentDigest, drawDeployment } from './deploymentCard.js';
import type { DeploymentHouse } from './DeploymentHouse.js';
import { ticksMark } from './gateTicks.js';
import { noticesFor } from '../staleness.js';

/** @param known names of messages whose cards are not final yet */
export function liveDeployments(
  house: DeploymentHouse,
  known: readonly string[],
): readonly LiveMessage<ComponentsMessage>[] {
  const open = house.deployments.list({ isOpen: true });
  const isShown = new Set(known);
  const ended = house.deployments.list({ isOpen: false }).filter(({ id }) => isShown.has(id));
  return [...open, ...ended].map((deployment) => live(house, deployment));
}

function live(house: DeploymentHouse, deployment: DeploymentDocument): LiveMessage<ComponentsMessage> {
  const { id, revision, state, version, news } = deployment;
  const progress = house.deployments.progress(id);
  const gateTicks = house.deployments.gateTicks(id);
  return {
    key: id,
    digest: deploymentDigest(deployment, { clocks: house, progress, gateTicks, notices: noticesFor(house) }),
    // A new state, and a stage's beginning and end, are shown at once; how far they are, and what the monitor sees, may wait.
    mark: `${revision} ${state} ${ticksMark(gateTicks)}`.trimEnd(),
    isFinal: isOver(state),
    thread: {
      name: `Deployment ${version}: what happened`.slice(0, 100),
      news: news.map((one) => ({ n: one.n, card: newsCard(one) })),
    },
    draw: () => drawDeployment(house, deployment),
  };
}
