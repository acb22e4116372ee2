/** Processes die and requests get lost at any point: every notice still stands in its channel once, in order. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Dispatcher } from '../../../../src/lib/alerts/dispatch/Dispatcher.js';
import { type Messenger, type OutgoingMessage, Undeliverable } from '../../../../src/lib/alerts/Messenger.js';
import { Fenced, Unavailable } from '../../../../src/lib/state/errors.js';
import type { Fence, OutboxEntry, Store } from '../../../../src/lib/state/Store.js';
import { FakeDiscord } from './FakeDiscord.js';
import { ListLogger, notice } from './house.js';

/** What happens at a call that leaves the process. `late`: the caller hears of a failure, and it happens all the same, later. */
const fates = ['well', 'fails', 'happens but fails', 'late', 'dies before', 'dies after'] as const;
type Fate = (typeof fates)[number];

const channels = ['operations', 'dev-team', 'management'] as const;

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ commit: fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }) }) },
    { weight: 4, arbitrary: fc.record({ pass: fc.nat(20_000) }) },
    { weight: 1, arbitrary: fc.record({ restart: fc.nat(900_000) }) },
  ),
  { minLength: 1, maxLength: 25 },
);

/** A world whose faults follow a plan; when that is used up, all goes well. */
class World {
  public now = 1_800_000_000_000;
  public readonly clock = { now: () => this.now };
  public readonly discord = new FakeDiscord(this.clock);
  public readonly expected = new Map<string, string[]>(channels.map((channel) => [channel, []]));
  private readonly outbox: OutboxEntry[] = [];
  private readonly late: (() => void)[] = [];
  private token = 0;
  private seq = 0;
  private process = this.start();

  public constructor(private readonly plan: Fate[]) {}

  public get isDone(): boolean {
    return this.outbox.length === 0;
  }

  public commit(to: readonly number[]): void {
    this.seq += 1;
    to.forEach((channel, index) => {
      const name = channels[channel] ?? 'operations';
      const title = `${this.seq}-${index}`;
      this.expected.get(name)?.push(title);
      this.outbox.push({
        id: title,
        seq: this.seq,
        commitId: `C${String(this.seq).padStart(9, '0')}`,
        at: this.now,
        body: notice(title, name),
      });
    });
  }

  public async pass(ms: number): Promise<void> {
    this.now += ms;
    const landing = this.late.splice(0);
    if (!this.process.life.isOn) this.restart(ms);
    const turn = this.process.dispatcher.turn(this.process.fence).catch((error: unknown) => {
      if (!(error instanceof Fenced)) throw error;
    });
    await Promise.race([turn, everythingSettled()]);
    await everythingSettled();
    this.land(landing);
  }

  /** The process is gone without a word; another leads after a while. */
  public restart(ms: number): void {
    this.process.life.isOn = false;
    this.land(this.late.splice(0));
    this.now += ms;
    this.process = this.start();
  }

  /** Requests that were under way arrive, though nobody waits for them any more. */
  private land(requests: readonly (() => void)[]): void {
    for (const request of requests) {
      try {
        request();
      } catch (error) {
        if (!(error instanceof Fenced)) throw error;
      }
    }
  }

  private start(): {
    readonly dispatcher: Dispatcher;
    readonly fence: Fence;
    readonly life: { isOn: boolean };
  } {
    const life = { isOn: true };
    const fence = { lease: 'control', token: (this.token += 1) };
    const dispatcher = new Dispatcher({
      store: this.storeFor(life),
      messenger: this.messengerFor(life),
      clock: this.clock,
      logger: new ListLogger(),
      random: () => 0.5,
    });
    return { dispatcher, fence, life };
  }

  /** Does it, or not, as the plan says; a process that is dead hears nothing any more. */
  private async meet<T>(life: { isOn: boolean }, act: () => T, fault: () => Error): Promise<T> {
    const fate = life.isOn ? (this.plan.shift() ?? 'well') : 'dies before';
    if (fate === 'late') this.late.push(act);
    if (fate === 'fails' || fate === 'late') throw fault();
    const happened = fate === 'dies before' ? undefined : act();
    if (fate === 'dies before' || fate === 'dies after') life.isOn = false;
    if (happened === undefined || !life.isOn) return new Promise<T>(() => undefined);
    if (fate === 'happens but fails') throw fault();
    return happened;
  }

  private messengerFor(life: { isOn: boolean }): Messenger {
    const lost = (): Error => new Undeliverable('Lost on the way.', 'retry');
    return {
      resolve: (to) => this.discord.resolve(to),
      find: (channelId, reference, since) => this.discord.find(channelId, reference, since),
      send: (channelId: string, message: OutgoingMessage) =>
        this.meet(life, () => this.discord.take(channelId, message), lost),
    };
  }

  private storeFor(life: { isOn: boolean }): Pick<Store, 'outbox' | 'time'> {
    const lost = (): Error => new Unavailable('The store does not answer.', 'unknown');
    const settle = (id: string, fence: Fence): true => {
      if (fence.token !== this.token) throw new Fenced('Another leads.');
      const place = this.outbox.findIndex((entry) => entry.id === id);
      if (place >= 0) this.outbox.splice(place, 1);
      return true;
    };
    return {
      time: async () => this.now,
      outbox: {
        pending: async (limit) => this.outbox.slice(0, limit),
        settlement: async () => undefined,
        parked: async () => [],
        unpark: async () => 0,
        settle: async (id, _settlement, fence) => {
          await this.meet(life, () => settle(id, fence), lost);
        },
      },
    };
  }
}

it('any interleaving of crashes, failures and late requests delivers each notice exactly once, in order per channel', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.array(fc.constantFrom(...fates), { maxLength: 30 }), async (script, plan) => {
      const world = new World([...plan]);
      for (const step of script) {
        if ('commit' in step) world.commit(step.commit);
        else if ('pass' in step) await world.pass(step.pass);
        else world.restart(step.restart);
      }
      for (let turn = 0; turn < 200 && !world.isDone; turn += 1) await world.pass(20_000);
      expect(world.isDone).toBe(true);
      for (const [channel, titles] of world.expected) expect(world.discord.titles(channel)).toEqual(titles);
    }),
    { numRuns: 300 },
  );
}, 60_000);

/** Everything in these worlds answers at once, so that one round of the event loop ends it all. */
function everythingSettled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
