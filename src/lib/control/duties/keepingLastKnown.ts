import type { LoadedState, Store } from '../../state/Store.js';
import type { LocalDuty } from '../Duty.js';

export interface KeepingOptions {
  readonly store: Pick<Store, 'load'>;
  readonly keep: { save(state: LoadedState): Promise<void> };
  /** The newest commit that this process knows of. */
  readonly head: () => { readonly seq: number; readonly id: string };
}

/** Keeps the state on the local disk as it was within the last minute, for a start while the store is away. */
export function keepingLastKnown({ store, keep, head }: KeepingOptions): LocalDuty {
  let kept: string | undefined;
  return {
    name: 'keep-last-known',
    where: 'everywhere',
    everyMs: 60_000,
    turn: async () => {
      if (head().id === kept) return;
      const state = await store.load();
      await keep.save(state);
      kept = state.head.id;
    },
  };
}
