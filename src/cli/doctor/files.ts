/** What `rollouts doctor` finds out about rollout plans, the gate that runs in the bot, and the webhooks. */
import type { RolloutsConfig } from '../../config/Config.js';
import { RolloutError } from '../../lib/core/RolloutError.js';
import { gateFileName, readGateFile } from '../../lib/deployments/gate/file/readGateFile.js';
import { PlanShelf } from '../../lib/rollouts/plans/PlanShelf.js';
import { ok, problem, type Finding } from './Finding.js';

/** A plan that cannot be followed stops no rollout but those that would begin with it. */
export async function checkPlans(folder: string): Promise<readonly Finding[]> {
  const about = 'ROLLOUT_PLANS';
  const { names, problems } = await PlanShelf.open(folder);
  if (problems.length > 0)
    return problems.map((each) => problem(about, each, 'Mend it there; docs/plans.md has every key.'));
  return [ok(about, `Rollouts can follow: ${names.join(', ')}.`)];
}

export async function checkGate(runsInBot: boolean, path = gateFileName): Promise<readonly Finding[]> {
  const about = 'GATE_IN_BOT';
  if (!runsInBot) return [];
  try {
    const { stages } = await readGateFile(path);
    return [ok(about, `/deploy validate run:True runs ${stages.map(({ name }) => name).join(', ')}.`)];
  } catch (error) {
    if (!(error instanceof RolloutError)) throw error;
    return [problem(about, error.message, error.next ?? 'See docs/gate.md.')];
  }
}

export function checkWebhooks({ webhooks }: Pick<RolloutsConfig, 'webhooks'>): readonly Finding[] {
  const routes = [
    ['/hooks/deployments', webhooks?.deploymentSecret, 'DEPLOYMENT_WEBHOOK_SECRET'],
    ['/hooks/github', webhooks?.githubSecret, 'GITHUB_WEBHOOK_SECRET'],
  ] as const;
  const said = routes.map(([route, secret, name]) =>
    secret === undefined ? `${route} is off (no ${name})` : `${route} is on`,
  );
  return [ok('webhooks', `${said.join('; ')}.`)];
}
