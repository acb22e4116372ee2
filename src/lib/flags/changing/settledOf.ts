import type { CommitReceipt } from '../../state/Store.js';
import type { Fate } from '../../state/committing/settle.js';
import type { Settled } from '../results.js';

/**
 * What a person is told of a commit that went unanswered, once its fate is known.
 *
 * @param look the command that says it later: `/rollout status`
 */
export function settledOf(fate: Fate, look: string): Settled {
  switch (fate.fate) {
    case 'landed':
      return { status: 'done', ...landed(fate.receipt) };
    case 'never':
      return {
        status: 'refused',
        message: 'The state store did not take it in time. Nothing was changed, and nothing will be.',
      };
    case 'unknown':
      return {
        status: 'unknown',
        message: `The state store is still away, so nobody can say yet whether it was done. See ${look} when it is back.`,
      };
  }
}

function landed(receipt: CommitReceipt): { readonly receipt: CommitReceipt; readonly entry: string } {
  return { receipt, entry: `${receipt.seq}-0` };
}
