/** Sees every commit of deployments, and what must never be in one. */
import type { DeploymentDocument, DeploymentState } from '../../../../src/lib/deployments/documents.js';
import type { Store } from '../../../../src/lib/state/Store.js';

/** Written down once more, so that a change of the table is seen here. */
const after: Readonly<Record<DeploymentState, readonly DeploymentState[]>> = {
  announced: ['deploying', 'testing', 'failed', 'superseded'],
  deploying: ['testing', 'failed', 'rolled-back'],
  testing: ['watching', 'failed', 'rolled-back'],
  watching: ['succeeded', 'failed', 'rolled-back', 'superseded'],
  ...{ succeeded: [], failed: [], 'rolled-back': [], superseded: [] },
};
const first: readonly DeploymentState[] = ['announced', 'deploying', 'testing', 'failed'];

/** A store that keeps every document as each commit left it. */
export class Witness {
  public readonly problems: string[] = [];
  private readonly known = new Map<string, DeploymentDocument>();

  public readonly wrap = (store: Store): Store =>
    Object.assign(Object.create(store) as Store, {
      commit: async (commit: Parameters<Store['commit']>[0]) => {
        const receipt = await store.commit(commit);
        if (!receipt.replayed) this.saw(commit);
        return receipt;
      },
    });

  private saw({ changes }: Parameters<Store['commit']>[0]): void {
    for (const { key, next } of changes) {
      if (next === undefined || next === null || !('state' in next)) continue;
      const now = next as unknown as DeploymentDocument;
      const before = this.known.get(key);
      const may =
        before === undefined
          ? first.includes(now.state)
          : before.state === now.state || after[before.state].includes(now.state);
      if (!may) this.problems.push(`${before?.state ?? 'nothing'} -> ${now.state}`);
      if (before !== undefined && now.newsCount < before.newsCount) this.problems.push('news went back');
      this.known.set(key, now);
    }
    for (const environment of new Set([...this.known.values()].map((one) => one.environment))) {
      const open = [...this.known.values()].filter(
        (one) => one.environment === environment && after[one.state].length > 0,
      );
      if (open.length > 1) this.problems.push(`${open.length} at once in ${environment}`);
    }
  }
}
