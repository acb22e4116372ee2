import { describe, expect, test } from 'vitest';
import { RolloutError } from '../../../src/lib/core/RolloutError.js';
import { runSmoke, type RunSmokeOptions } from '../../../src/lib/smoke/runSmoke.js';
import { SmokeRunner } from '../../../src/lib/smoke/SmokeRunner.js';
import type { Smoke } from '../../../src/lib/smoke/SmokeTest.js';

class Refused extends RolloutError {
  public readonly code = 'REFUSED';
}

/** Real time that a test moves on by hand. */
class Hand {
  private at = 0;
  private readonly due = new Set<{ at: number; call: () => void }>();
  public readonly warnings: string[] = [];
  public readonly options: RunSmokeOptions = {
    clock: { now: () => this.at },
    after: (ms, callback) => {
      const entry = { at: this.at + ms, call: callback };
      this.due.add(entry);
      return { cancel: () => void this.due.delete(entry) };
    },
    warn: (message) => void this.warnings.push(message),
  };

  public get waiting(): number {
    return this.due.size;
  }

  public pass(ms: number): void {
    this.at += ms;
    for (const entry of [...this.due])
      if (entry.at <= this.at) {
        this.due.delete(entry);
        entry.call();
      }
  }
}

function smoke(run: Smoke['run'], name = 'one'): Smoke {
  return { name, description: '', suites: ['smoke'], timeoutMs: 5_000, run };
}

const well = { what: '/hello', ok: true, detail: '' };
const bad = { what: '/gone', ok: false, detail: 'Discord does not know it.' };

describe('a smoke test', () => {
  test('that answers with no list at all has looked at nothing', async () => {
    const result = await runSmoke(
      smoke(async () => undefined as never),
      new Hand().options,
    );
    expect(result).toMatchObject({
      verdict: 'failed',
      sentence: 'It looked at nothing, so it shows nothing.',
    });
  });

  test('passes where everything that it looked at is well, and leaves no timer behind', async () => {
    const hand = new Hand();
    const result = await runSmoke(
      smoke(async () => {
        hand.pass(40);
        return [well, well];
      }),
      hand.options,
    );
    expect(result).toMatchObject({
      verdict: 'passed',
      tookMs: 40,
      sentence: '2 things were looked at, all well.',
    });
    expect(hand.waiting).toBe(0);
  });

  test('fails where one thing is not well, and says which and why', async () => {
    const result = await runSmoke(
      smoke(async () => [well, bad]),
      new Hand().options,
    );
    expect(result).toMatchObject({ verdict: 'failed', sentence: '/gone: Discord does not know it.' });
  });

  test('that looked at nothing fails', async () => {
    const result = await runSmoke(
      smoke(async () => []),
      new Hand().options,
    );
    expect(result).toMatchObject({
      verdict: 'failed',
      sentence: 'It looked at nothing, so it shows nothing.',
    });
  });

  test('that throws fails with what it said; only what is unexpected is logged', async () => {
    const hand = new Hand();
    const thrown = await runSmoke(
      smoke(() => Promise.reject(new TypeError('x is not a function'))),
      hand.options,
    );
    expect(thrown).toMatchObject({
      verdict: 'failed',
      sentence: 'It threw: x is not a function. The log says where.',
    });
    expect(hand.warnings).toEqual(['The smoke test "one" threw.']);
    const refused = await runSmoke(
      smoke(() => Promise.reject(new Refused('Not now.', { next: 'Try later.' }))),
      hand.options,
    );
    expect(refused.sentence).toBe('Not now. Try later.');
    expect(hand.warnings).toHaveLength(1);
  });

  test('that throws before it promised anything fails as well', async () => {
    const result = await runSmoke(
      smoke(() => {
        throw new Error('at once');
      }),
      new Hand().options,
    );
    expect(result).toMatchObject({ verdict: 'failed', sentence: 'It threw: at once. The log says where.' });
  });

  test('that hangs fails at its time limit, is told to stop, and quotes what it said last', async () => {
    const hand = new Hand();
    let signal: AbortSignal | undefined;
    const running = runSmoke(
      smoke((context) => {
        signal = context.signal;
        context.progress('asking Discord');
        return new Promise(() => undefined);
      }),
      hand.options,
    );
    await Promise.resolve();
    hand.pass(5_000);
    expect(await running).toMatchObject({
      verdict: 'failed',
      tookMs: 5_000,
      sentence: 'It did not end within 5 s. The last that it said: asking Discord',
    });
    expect(signal?.aborted).toBe(true);
  });

  test('that is given up ends at once', async () => {
    const hand = new Hand();
    const giveUp = new AbortController();
    const running = runSmoke(
      smoke(() => new Promise(() => undefined)),
      { ...hand.options, signal: giveUp.signal },
    );
    giveUp.abort();
    expect(await running).toMatchObject({ verdict: 'failed', sentence: 'It was given up before it ended.' });
    expect(hand.waiting).toBe(0);
  });

  test('that was given up before it began does not pass', async () => {
    const result = await runSmoke(
      smoke(() => new Promise(() => undefined)),
      {
        ...new Hand().options,
        signal: AbortSignal.abort(),
      },
    );
    expect(result.verdict).toBe('failed');
  });
});

describe('the runner', () => {
  test('finds a test by its name; a name that nobody bears is a failed test that names those there are', async () => {
    const { clock, after, warn } = new Hand().options;
    const tests = () => [smoke(async () => [well], 'b'), smoke(async () => [bad], 'a')];
    const runner = new SmokeRunner({ clock, after, warn, tests });
    expect(runner.list().map(({ name }) => name)).toEqual(['a', 'b']);
    expect((await runner.run('b')).verdict).toBe('passed');
    expect((await runner.run('c')).sentence).toBe(
      'There is no smoke test named "c" in this process. There are: a, b.',
    );
  });
});
