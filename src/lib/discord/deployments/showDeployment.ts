/** What a person sees after they asked something of a deployment: its card. */
import type { DeploymentDocument } from '../../deployments/documents.js';
import type { Turn } from '../Turn.js';
import { drawDeployment } from './deploymentCard.js';

export async function showDeployment(turn: Turn, deployment: DeploymentDocument): Promise<void> {
  await turn.showComponents(await drawDeployment(turn.house, deployment), 'new');
}
