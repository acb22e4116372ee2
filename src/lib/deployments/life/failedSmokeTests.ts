import type { DeploymentDocument } from '../documents.js';

/**
 * The smoke tests that failed after deployments under way, for a rollout that was under way when they ran.
 *
 * @returns each in words that follow "The smoke test"
 */
export function failedSmokeTests(
  underWay: readonly DeploymentDocument[],
  rollout: { readonly id: string; readonly created: { readonly at: number } },
): readonly string[] {
  return underWay
    .filter(({ rollouts, entered }) => {
      // Whatever begins later is begun by somebody who could know of the failure.
      const ranUntil = entered.watching ?? 0;
      return rollouts.includes(rollout.id) && rollout.created.at < ranUntil;
    })
    .flatMap(({ smoke, version }) =>
      (smoke ?? [])
        .filter(({ verdict }) => verdict === 'failed')
        .map(({ name }) => `${name}, run after deployment ${version},`),
    );
}
