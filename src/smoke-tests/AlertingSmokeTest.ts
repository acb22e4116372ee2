import { setTimeout as sleep } from 'node:timers/promises';
import { container } from '@sapphire/framework';
import { testKind } from '../lib/alerts/wording/escalation.js';
import type { SmokeContext, SmokeFinding } from '../lib/smoke/SmokeTest.js';
import { SmokeTest, type SmokeTestLoaderContext, type SmokeTestOptions } from './SmokeTest.js';

/** Outbox to channel, ms of real time. */
const arrivesWithinMs = 10_000;
/** How long a person may press before the test answers by itself, ms of real time. */
const personWithinMs = 4_000;
const lookEveryMs = 50;
const ourselves = { id: 'system:smoke', name: 'the smoke test' } as const;

/** A test alert goes the whole way: into the state, to #operations, and back by an acknowledgement. */
export class AlertingSmokeTest extends SmokeTest {
  public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
    const description = 'A test alert arrives in #operations, and is answered';
    super(context, { ...options, description, suites: ['monitoring'], timeoutMs: 20_000 });
  }

  public override async run({ signal, progress }: SmokeContext): Promise<readonly SmokeFinding[]> {
    const { urgents, store } = container.rollouts;
    progress('sending a test alert');
    const { entry } = await urgents.tryOut(ourselves);
    const settled = await this.until(arrivesWithinMs, signal, () => store.outbox.settlement(entry));
    const why = settled === undefined ? 'It is still waiting.' : `It was ${settled.status}.`;
    const hasArrived = settled?.status === 'sent';
    const arrives = {
      what: 'a test alert arrives in #operations',
      ok: hasArrived,
      detail: hasArrived ? '' : `${why} See what the log says of notices to #operations.`,
    };
    progress('waiting for somebody to press the button');
    const person = await this.until(
      personWithinMs,
      signal,
      async () => (await urgents.takenBy(testKind)) ?? undefined,
    );
    if (person === undefined) await urgents.take(testKind, ourselves);
    const by = person ?? (await urgents.takenBy(testKind));
    const what =
      person === undefined ? 'it can be answered (the test did)' : `it was answered by ${person.name}`;
    const isAnswered = by !== null;
    const detail = isAnswered ? '' : 'The answer was not kept. See the log.';
    return [arrives, { what, ok: isAnswered, detail }];
  }

  private async until<T>(
    withinMs: number,
    signal: AbortSignal,
    look: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const { realTime } = container.rollouts;
    const deadline = realTime.now() + withinMs;
    for (;;) {
      const found = await look();
      if (found !== undefined || realTime.now() >= deadline) return found;
      await sleep(lookEveryMs, undefined, { signal });
    }
  }
}
