/**
 * Wins and keeps one lease. The store's clock decides who has it; this process believes itself the holder only until
 * 0.8 ttl of its own monotonic clock after it last asked, so that it stops before another can begin.
 */
import { newId, type RandomBytes } from '../core/ids.js';
import type { Engine } from './Engine.js';
import { RolloutError } from '../core/RolloutError.js';
import type { Fence, Lease, LeaseOptions } from './Store.js';

export interface KeeperOptions extends LeaseOptions {
  readonly engine: Engine;
  readonly name: string;
  readonly random: RandomBytes | undefined;
  /** Milliseconds that never go back. */
  readonly monotonic: () => number;
  readonly warn: (message: string, cause?: unknown) => void;
}

const beliefShare = 0.8;

export class LeaseKeeper implements Lease {
  /** Two keepers never share a name, even where their owners do. */
  private readonly self: string;
  private held: { readonly fence: Fence; readonly until: number } | undefined;
  /** No token below this can be the newest. */
  private floor = 0;
  private isClosed = false;
  private attempt: Promise<void> | undefined;
  private next: NodeJS.Timeout | undefined;
  private expiry: NodeJS.Timeout | undefined;
  private unlisten: () => void = () => undefined;

  public constructor(private readonly options: KeeperOptions) {
    this.self = `${options.owner} ${newId(8, options.random)}`;
  }

  public get fence(): Fence | undefined {
    return this.held !== undefined && this.options.monotonic() < this.held.until
      ? this.held.fence
      : undefined;
  }

  /** Resolves after the first attempt, won or not. */
  public async start(): Promise<void> {
    const { engine, name } = this.options;
    this.unlisten = engine.listen((signal) => {
      if (signal.is === 'up' || (signal.is === 'lease' && signal.name === name)) void this.try();
    });
    await this.try();
  }

  public async holder(): Promise<{ readonly owner: string; readonly token: number } | undefined> {
    const answer = await this.options.engine.leaseHolder(this.options.name);
    return answer && { owner: answer.owner.split(' ').slice(0, -1).join(' '), token: answer.token };
  }

  /** The store forgot commits, perhaps tokens too: none that was ever given may be believed again. */
  public historyBroke(): void {
    this.floor += 1;
    this.lose();
    void this.try();
  }

  public async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.unlisten();
    clearTimeout(this.next);
    await this.attempt;
    this.lose();
    try {
      await this.options.engine.releaseLease(this.options.name, this.self);
    } catch (error) {
      this.report('A lease could not be given up; it runs out by itself.', error);
    }
  }

  private try(): Promise<void> {
    this.attempt ??= this.ask().finally(() => {
      this.attempt = undefined;
    });
    return this.attempt;
  }

  private async ask(): Promise<void> {
    clearTimeout(this.next);
    const { engine, name, ttlMs } = this.options;
    let waitMs = ttlMs / 3;
    try {
      const asked = this.options.monotonic();
      const answer = await engine.takeLease(name, this.self, ttlMs, this.floor);
      if (this.isClosed) return;
      const isMine = answer.owner === this.self && answer.token >= this.floor;
      this.floor = Math.max(this.floor, answer.token);
      if (isMine) this.hold(answer.token, asked + beliefShare * ttlMs);
      else this.lose();
      if (!isMine) waitMs = Math.min(waitMs, engine.leasePollMs ?? waitMs);
    } catch (error) {
      waitMs = Math.min(250, ttlMs / 10);
      if (!(error instanceof RolloutError)) this.report('The lease could not be asked for.', error);
    }
    if (this.isClosed) return;
    this.next = setTimeout(() => void this.try(), waitMs);
    this.next.unref();
  }

  private hold(token: number, until: number): void {
    if (this.held !== undefined && this.held.fence.token !== token) this.lose();
    const isNew = this.held === undefined;
    const fence = this.held?.fence ?? { lease: this.options.name, token };
    this.held = { fence, until };
    clearTimeout(this.expiry);
    this.expiry = setTimeout(
      () => {
        this.lose();
      },
      Math.max(0, until - this.options.monotonic()),
    );
    this.expiry.unref();
    if (isNew) this.call(() => this.options.onGained(fence));
  }

  private lose(): void {
    clearTimeout(this.expiry);
    if (this.held === undefined) return;
    this.held = undefined;
    this.call(() => this.options.onLost());
  }

  /** The holder's own code must not stop the renewals. */
  private call(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.report('The holder of a lease failed.', error);
    }
  }

  private report(message: string, error: unknown): void {
    this.options.warn(message, error);
  }
}
