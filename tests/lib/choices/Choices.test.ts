import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { choiceRuns } from '../../../src/lib/choices/ChoiceRuns.js';
import { Choices } from '../../../src/lib/choices/Choices.js';
import { Comparisons, type ComparisonReport } from '../../../src/lib/choices/Comparisons.js';
import { comparisonText } from '../../../src/lib/choices/comparisonText.js';
import type { Call } from '../../../src/lib/choices/Implementations.js';
import { currentRun, track, within } from '../../../src/lib/health/recording/currentRun.js';
import type { Outcome, Run } from '../../../src/lib/health/recording/Recording.js';
import type { Store } from '../../../src/lib/state/Store.js';
import { lmdbGround } from '../../support/lmdbGround.js';

const now = Date.UTC(2026, 4, 3, 12);
const inside = '1';
const outside = '2';

let ground: Awaited<ReturnType<typeof lmdbGround>>;
let store: Store;
let choices: Choices;
let sample: number;
const warn = vi.fn();

beforeAll(async () => {
  ground = await lmdbGround();
});
beforeEach(async () => {
  store = await ground.open(`p${randomBytes(6).toString('hex')}`);
  sample = 0;
  warn.mockReset();
  choices = choicesOn(store);
});
afterEach(() => store.close());
afterAll(() => ground.dispose());

function choicesOn(of: Store, at = now): Choices {
  const clock = { now: () => at };
  return new Choices({
    isEnabled: (_flag, guildId) => guildId === inside,
    runs: choiceRuns({ begin: () => new TestRun() }, () => 'error'),
    comparisons: new Comparisons({ store: of, clock, random: randomBytes }),
    logger: { warn },
    clock,
    random: () => sample,
  });
}

class TestRun implements Run {
  public static readonly all: TestRun[] = [];
  public readonly name = 'run';
  public readonly guildId = inside;
  public readonly isEnded = false;
  public marked: Outcome | undefined;
  public ended: Outcome | undefined;
  public constructor() {
    TestRun.all.push(this);
  }
  public hasMet(): boolean {
    return false;
  }
  public exposed(): void {}
  public mark(outcome: Outcome): void {
    this.marked = outcome;
  }
  public end(outcome: Outcome): void {
    this.ended = outcome;
  }
}

async function report(of = choices): Promise<ComparisonReport> {
  await of.comparisons.flush();
  return of.comparisons.report('layer');
}

/** Two macrotasks: the shadow begins after the answer, and ends. */
async function shadowsEnd(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await setImmediate();
}

describe('choose', () => {
  it('runs the candidate where the flag is on, and the control elsewhere; never both', async () => {
    const candidate = vi.fn(() => 'new');
    const control = vi.fn(async () => 'old');
    expect(await choices.choose('layer', inside, { candidate, control })).toBe('new');
    expect(await choices.choose('layer', outside, { candidate, control })).toBe('old');
    expect(await choices.choose('layer', null, { candidate, control })).toBe('old');
    await shadowsEnd();
    expect([candidate.mock.calls.length, control.mock.calls.length]).toEqual([1, 2]);
  });

  it('passes on what the chosen one throws', async () => {
    const control = vi.fn(() => 'old');
    const candidate = (): string => {
      throw new RangeError('no');
    };
    await expect(choices.choose('layer', inside, { candidate, control })).rejects.toThrow(RangeError);
    expect(control).not.toHaveBeenCalled();
  });

  it('counts in the run under way, and outside of one as a run of its own', async () => {
    const runs = new TestRun();
    const seen: unknown[] = [];
    const both = { candidate: () => seen.push(currentRun()), control: () => 0 };
    track(runs, true);
    try {
      await within(runs, () => choices.choose('layer', inside, both));
      await choices.choose('layer', inside, both);
    } finally {
      track(runs, false);
    }
    const own = TestRun.all.at(-1);
    expect(seen).toEqual([runs, own]);
    expect([runs.ended, own?.ended]).toEqual([undefined, 'ok']);
  });
});

describe('with fallback', () => {
  const failing = {
    candidate: (): string => {
      throw new TypeError('broken');
    },
    control: () => 'old',
    fallback: true,
  };

  it('the control answers for a candidate that throws, and the run counts as failed', async () => {
    const run = new TestRun();
    track(run, true);
    try {
      expect(await within(run, () => choices.choose('layer', inside, failing))).toBe('old');
    } finally {
      track(run, false);
    }
    expect(run.marked).toBe('error');
    const atOnce = await choices.comparisons.report('layer');
    const { counts, examples } = await report();
    expect(atOnce).toEqual({ flag: 'layer', counts, examples });
    expect(counts).toEqual({ same: 0, different: 0, fallback: 1, 'too-slow': 0, 'left-out': 0 });
    expect(examples).toEqual([
      {
        flag: 'layer',
        guildId: inside,
        at: now,
        lines: ['the new one threw TypeError, the old one answered'],
      },
    ]);
    expect(warn).toHaveBeenCalledOnce();
  });

  it('is logged once a minute, however busy the command is', async () => {
    for (let calls = 0; calls < 100; calls++) await choices.choose('layer', inside, failing);
    expect(warn).toHaveBeenCalledOnce();
    expect((await report()).counts.fallback).toBe(100);
  });

  it('a control that throws, too, is what the caller hears of', async () => {
    const run = new TestRun();
    const control = (): string => {
      throw new RangeError('also broken');
    };
    track(run, true);
    try {
      const asked = within(run, () => choices.choose('layer', inside, { ...failing, control }));
      await expect(asked).rejects.toThrow(RangeError);
    } finally {
      track(run, false);
    }
    expect(run.marked).toBeUndefined();
  });

  it('a control that throws is never answered by the candidate', async () => {
    const candidate = vi.fn(() => 'new');
    const control = (): string => {
      throw new RangeError('old and broken');
    };
    const asked = choices.choose('layer', outside, { candidate, control, fallback: true });
    await expect(asked).rejects.toThrow(RangeError);
    expect(candidate).not.toHaveBeenCalled();
  });
});

describe('with compare', () => {
  const both = (candidate: unknown, control: unknown, compare: object | true = true) => ({
    candidate: () => candidate,
    control: () => control,
    compare,
  });

  it('the other one runs beside, knows it, and what differs is recorded, in whichever arm', async () => {
    const calls: [string, boolean][] = [];
    const pair = {
      candidate: ({ isShadow }: Call) => (
        calls.push(['candidate', isShadow]),
        { greeting: 'Hi', loud: true }
      ),
      control: ({ isShadow }: Call) => (calls.push(['control', isShadow]), { greeting: 'Hello', loud: true }),
      compare: true,
    };
    expect(await choices.choose('layer', inside, pair)).toMatchObject({ greeting: 'Hi' });
    await shadowsEnd();
    expect(await choices.choose('layer', outside, pair)).toMatchObject({ greeting: 'Hello' });
    await shadowsEnd();
    expect(calls).toEqual([
      ['candidate', false],
      ['control', true],
      ['control', false],
      ['candidate', true],
    ]);
    const { counts, examples } = await report();
    expect(counts.different).toBe(2);
    const lines = ['greeting: text of 2 characters, was text of 5 characters'];
    expect(examples.map((example) => example.lines)).toEqual([lines, lines]);
  });

  it('equal answers count as the same', async () => {
    await choices.choose('layer', inside, both({ a: [1, 2] }, { a: [1, 2] }));
    await shadowsEnd();
    expect((await report()).counts).toMatchObject({ same: 1, different: 0 });
  });

  it('takes only the share of calls that was asked for', async () => {
    sample = 0.3;
    await choices.choose('layer', inside, both(1, 2, { share: 0.3 }));
    sample = 0.29;
    await choices.choose('layer', inside, both(1, 2, { share: 0.3 }));
    await shadowsEnd();
    expect((await report()).counts.different).toBe(1);
  });

  it('the answer does not wait for the shadow, nor hear of its failure', async () => {
    const pair = {
      candidate: () => 'new',
      control: (): string => {
        throw new Error('a shadow that fails');
      },
      compare: true,
    };
    expect(await choices.choose('layer', inside, pair)).toBe('new');
    await shadowsEnd();
    expect((await report()).examples[0]?.lines).toEqual(['the old one threw Error, the new one answered']);
  });

  it('a shadow that takes too long is told to stop, and counts as too slow', async () => {
    const stopped = new Promise<unknown>((resolve) => {
      const control = ({ signal }: Call) =>
        new Promise<number>(() => signal.addEventListener('abort', () => resolve(signal.aborted)));
      void choices.choose('layer', inside, { candidate: () => 1, control, compare: { timeoutMs: 20 } });
    });
    expect(await stopped).toBe(true);
    await shadowsEnd();
    expect((await report()).counts).toMatchObject({ 'too-slow': 1, different: 0 });
  });

  it('no more than 16 shadows are under way; what is left out is counted', async () => {
    let running = 0;
    const control = () => new Promise<number>(() => running++);
    for (let call = 0; call < 20; call++)
      await choices.choose('layer', inside, { candidate: () => 1, control, compare: true });
    await shadowsEnd();
    expect(running).toBe(16);
    expect((await report()).counts['left-out']).toBe(4);
  });

  it('the shadow belongs to no run', async () => {
    const run = new TestRun();
    let seen: unknown = 'not run';
    const control = () => (seen = currentRun());
    track(run, true);
    try {
      await within(run, () =>
        choices.choose('layer', inside, { candidate: () => undefined, control, compare: true }),
      );
      await shadowsEnd();
    } finally {
      track(run, false);
    }
    expect(seen).toBeUndefined();
  });

  it.each([{ share: 1.1 }, { share: NaN }, { timeoutMs: 0 }, { timeoutMs: 90_000 }])(
    'refuses %j before anything runs',
    async (compare) => {
      const candidate = vi.fn(() => 1);
      const asked = choices.choose('layer', inside, { candidate, control: candidate, compare });
      await expect(asked).rejects.toMatchObject({ code: 'BAD_CHOICE' });
      expect(candidate).not.toHaveBeenCalled();
    },
  );

  it('isSame that throws harms nobody', async () => {
    const isSame = () => {
      throw new Error('mine');
    };
    expect(await choices.choose('layer', inside, both(1, 2, { isSame }))).toBe(1);
    await shadowsEnd();
    expect(warn).toHaveBeenCalledOnce();
  });
});

describe('the record', () => {
  it('is of all processes, newest first, at most 20 examples, and its rows stay few', async () => {
    const processes = Array.from({ length: 12 }, (_, at) => choicesOn(store, now + at));
    for (const each of processes) {
      for (const value of [1, 2, 3]) {
        await each.choose('layer', inside, {
          candidate: () => value,
          control: () => 0,
          compare: { share: 1 },
        });
        await shadowsEnd();
      }
      await each.comparisons.flush();
    }
    const { counts, examples } = await report();
    expect(counts.different).toBe(36);
    expect(examples).toHaveLength(20);
    expect(examples[0]?.at).toBe(now + 11);
    expect((await store.ledger.read('comparisons:layer')).length).toBeLessThan(8);
  });

  it('forgets after 30 days', async () => {
    await choices.choose('layer', inside, { candidate: () => 1, control: () => 0, compare: true });
    await shadowsEnd();
    await choices.comparisons.flush();
    const later = await choicesOn(store, now + 31 * 86_400_000).comparisons.report('layer');
    expect(later).toMatchObject({ counts: { different: 0 }, examples: [] });
  });

  it('is told in sentences; nothing where nothing ran', () => {
    const none = { same: 0, different: 0, fallback: 0, 'too-slow': 0, 'left-out': 0 };
    expect(comparisonText({ flag: 'layer', counts: none, examples: [] })).toEqual([]);
    const counts = { ...none, same: 1990, different: 10, fallback: 1, 'too-slow': 2 };
    expect(comparisonText({ flag: 'layer', counts, examples: [] })).toEqual([
      'Old and new implementation differed in 10 of 2,000 comparisons of the last 30 days.',
      'The new one failed once, and the old one answered instead.',
      '2 times the one that ran beside did not end in time, and was not compared.',
    ]);
  });
});
