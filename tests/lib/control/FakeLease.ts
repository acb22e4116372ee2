import type { Fence, Lease, LeaseOptions, Store } from '../../../src/lib/state/Store.js';

/** One lease, given and taken as a test says. */
export class FakeLease implements Pick<Store, 'lease'> {
  public options: LeaseOptions | undefined;
  public isClosed = false;
  /** Thrown at the next attempts to queue up. */
  public faults: Error[] = [];
  private token = 0;

  public async lease(_name: string, options: LeaseOptions): Promise<Lease> {
    const fault = this.faults.shift();
    if (fault !== undefined) throw fault;
    this.options = options;
    return {
      fence: undefined,
      holder: async () => undefined,
      close: async () => {
        this.isClosed = true;
      },
    };
  }

  public give(): Fence {
    const fence = { lease: 'control', token: (this.token += 1) };
    this.options?.onGained(fence);
    return fence;
  }

  public take(): void {
    this.options?.onLost();
  }
}
