import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveAnswer } from '../../../../src/lib/discord/deployments/LiveAnswer.js';
import { turnOf } from '../rollbacks/turn.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const card = (title: string) => ({ tone: 'info', title }) as const;

function opened() {
  const { turn, shown } = turnOf('admin', { realTime: { now: () => Date.now() } });
  const titles = () => shown.map(({ text }) => /(one|two|three|late|end)/.exec(text)?.[0]);
  return { answer: new LiveAnswer(turn, card('late')), titles };
}

describe('an answer that shows how far something is', () => {
  it('shows the newest in the end, though nothing comes after it', async () => {
    const { answer, titles } = opened();
    for (const title of ['one', 'two', 'three']) answer.show(card(title));
    await vi.advanceTimersByTimeAsync(1_400);
    expect(titles()).toEqual(['one']);
    await vi.advanceTimersByTimeAsync(200);
    expect(titles()).toEqual(['one', 'three']);
  });

  it('has its last word, and nothing that was waiting comes after it', async () => {
    const { answer, titles } = opened();
    answer.show(card('one'));
    answer.show(card('two'));
    await answer.end(card('end'));
    answer.show(card('three'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(titles()).toEqual(['one', 'end']);
  });

  it('is left alone once it was stopped, so that a refusal stays', async () => {
    const { answer, titles } = opened();
    answer.show(card('one'));
    answer.show(card('two'));
    await answer.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(titles()).toEqual(['one']);
  });

  it('says once where to look when it can be edited no longer, and then nothing', async () => {
    const { answer, titles } = opened();
    answer.show(card('one'));
    await vi.advanceTimersByTimeAsync(14 * 60_000 + 1);
    answer.show(card('two'));
    answer.show(card('three'));
    await answer.end(card('end'));
    expect(titles()).toEqual(['one', 'late']);
  });
});
