import type { Fence, Lease, Store } from '../../../src/lib/state/Store.js';

/** The lease of the store, once it is held. */
export function leaseOf(store: Store, gained: (fence: Fence) => void): Promise<Lease> {
  return new Promise((resolve, reject) => {
    let lease: Lease | undefined;
    let has = false;
    const done = (): void => {
      if (lease !== undefined && has) resolve(lease);
    };
    store
      .lease('control', {
        owner: 'test',
        ttlMs: 60_000,
        onGained: (fence) => {
          gained(fence);
          has = true;
          done();
        },
        onLost: () => undefined,
      })
      .then((one) => {
        lease = one;
        done();
      }, reject);
  });
}
