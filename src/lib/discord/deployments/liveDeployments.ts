/** The deployments' cards in the staff's channel: one a deployment under way, and those of deployments that have just ended. */
import type { LiveMessage } from '../../alerts/live/LiveMessage.js';
import type { DeploymentDocument } from '../../deployments/documents.js';
import type { ComponentsMessage } from '../ComponentsMessage.js';
import { newsCard } from '../rollouts/liveRollouts.js';
import { deploymentDigest, drawDeployment } from './deploymentCard.js';
import type { DeploymentHouse } from './DeploymentHouse.js';
import { ticksMark } from './gateTicks.js';
import { noticesFor } from '../staleness.js';

/** One that was over before its card was written still gets it: its card is not final so soon; ms of real time. */
const lingersMs = 60_000;
/** Of those; whoever announces deployments by the hundred has the notices. */
const mostLingering = 3;

/** @param known names of messages whose cards are not final yet */
export function liveDeployments(
  house: DeploymentHouse,
  known: readonly string[],
): readonly LiveMessage<ComponentsMessage>[] {
  const { deployments, domainTime } = house;
  const endedSince = domainTime.now() - lingersMs * (domainTime.speed ?? 1);
  const over = deployments.list({ isOpen: false });
  const fresh = over.filter(({ ended }) => ended !== null && ended.at >= endedSince).slice(0, mostLingering);
  const isShown = new Set(known);
  const final = over.filter((one) => isShown.has(one.id) && !fresh.includes(one));
  return [
    ...[...deployments.list({ isOpen: true }), ...fresh].map((one) => live(house, one, false)),
    ...final.map((one) => live(house, one, true)),
  ];
}

function live(
  house: DeploymentHouse,
  deployment: DeploymentDocument,
  isFinal: boolean,
): LiveMessage<ComponentsMessage> {
  const { id, revision, state, version, news } = deployment;
  const progress = house.deployments.progress(id);
  const gateTicks = house.deployments.gateTicks(id);
  return {
    key: id,
    digest: deploymentDigest(deployment, { clocks: house, progress, gateTicks, notices: noticesFor(house) }),
    // A new state, and a stage's beginning and end, are shown at once; how far they are, and what the monitor sees, may wait.
    mark: `${revision} ${state} ${ticksMark(gateTicks)}`.trimEnd(),
    isFinal,
    thread: {
      name: `Deployment ${version}: what happened`.slice(0, 100),
      news: news.map((one) => ({ n: one.n, card: newsCard(one) })),
    },
    draw: () => drawDeployment(house, deployment),
  };
}
