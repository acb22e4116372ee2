import { describe, expect, it } from 'vitest';
import { Background, TookTooLong } from '../../../../src/lib/rollbacks/turning/Background.js';

function ground() {
  const timers: (() => void)[] = [];
  let ended = 0;
  const background = new Background<string>({
    after: (_ms, callback) => {
      timers.push(callback);
      return { cancel: () => undefined };
    },
    ended: () => void ended++,
  });
  return { background, timers, ends: () => ended };
}

describe('work in the background', () => {
  it('keeps what it came to until it is forgotten, and says once that it ended', async () => {
    const { background, ends } = ground();
    background.start('a', 1_000, ({ progress }) => {
      progress('half');
      return Promise.resolve('whole');
    });
    expect([background.has('a'), background.came('a')]).toEqual([true, undefined]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(background.detail('a')).toBe('half');
    expect(background.came('a')).toEqual({ is: 'done', value: 'whole' });
    expect(ends()).toBe(1);
    background.forget('a');
    expect(background.has('a')).toBe(false);
  });

  it('that throws at once has failed like any other', async () => {
    const { background } = ground();
    background.start('a', 1_000, () => {
      throw new Error('no');
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(background.came('a')).toMatchObject({ is: 'failed', error: { message: 'no' } });
  });

  it('past its deadline has failed, is told so, and cannot succeed any more', async () => {
    const { background, timers, ends } = ground();
    let signal: AbortSignal | undefined;
    let finish: (value: string) => void = () => undefined;
    background.start('a', 1_000, (doing) => {
      signal = doing.signal;
      return new Promise((resolve) => (finish = resolve));
    });
    await new Promise((resolve) => setImmediate(resolve));
    timers[0]?.();
    expect(signal?.aborted).toBe(true);
    finish('late');
    await new Promise((resolve) => setImmediate(resolve));
    expect(background.came('a')).toMatchObject({ is: 'failed' });
    const came = background.came('a');
    expect(came?.is === 'failed' && came.error).toBeInstanceOf(TookTooLong);
    expect(ends()).toBe(1);
  });

  it('rests when everything has let go, and tells nobody of what became of it', async () => {
    const { background, ends } = ground();
    let hasLetGo = false;
    background.start(
      'a',
      1_000,
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () =>
            setImmediate(() => {
              hasLetGo = true;
              reject(new Error('let go'));
            }),
          );
        }),
    );
    await new Promise((resolve) => setImmediate(resolve));
    await background.rest();
    expect([hasLetGo, background.has('a'), ends()]).toEqual([true, false, 0]);
  });
});
