import { describe, expect, it } from 'vitest';
import type { Notice } from '../../../../src/lib/alerts/Card.js';
import { foldedNotice } from '../../../../src/lib/alerts/storms/foldedNotice.js';
import { Storm } from '../../../../src/lib/alerts/storms/Storm.js';

const second = 1_000;

function storm(messagesAMinute = 12) {
  let now = 5_000_000;
  const one = new Storm({ now: () => now }, messagesAMinute);
  const skip = (ms: number): void => void (now += ms);
  const send = (): number => {
    let sent = 0;
    for (; one.allowsOne(); sent++) one.sentOne();
    return sent;
  };
  return { one, skip, send };
}

describe('a channel', () => {
  it('takes twelve messages a minute singly, and each again once its minute is over', () => {
    const { skip, send } = storm();
    expect(send()).toBe(12);
    skip(60 * second - 1);
    expect(send()).toBe(0);
    skip(1);
    expect(send()).toBe(12);
  });

  it('is told the rest at once the first time, then every fifteen seconds, and every ten where it is urgent', () => {
    const { one, skip } = storm();
    expect([one.foldsInMs(false), one.foldsInMs(true)]).toEqual([0, 0]);
    one.folded(1);
    expect([one.foldsInMs(false), one.foldsInMs(true)]).toEqual([15 * second, 10 * second]);
    skip(10 * second);
    expect([one.foldsInMs(false), one.foldsInMs(true)]).toEqual([5 * second, 0]);
    skip(60 * second);
    expect(one.foldsInMs(false)).toBe(0);
  });

  it('takes nothing singly for a minute after so many came that a minute of them would fill it', () => {
    const { one, skip, send } = storm();
    // Four quarters of a minute: three in each are twelve.
    one.folded(3);
    expect(one.allowsOne()).toBe(true);
    one.folded(4);
    expect(send()).toBe(0);
    skip(60 * second - 1);
    expect(send()).toBe(0);
    skip(1);
    expect(send()).toBe(12);
  });

  it('is forgotten once it would take everything, and not before', () => {
    const { one, skip } = storm();
    expect(one.isForgettable).toBe(true);
    one.sentOne();
    expect(one.isForgettable).toBe(false);
    skip(60 * second);
    expect(one.isForgettable).toBe(true);
    one.folded(1);
    expect(one.isForgettable).toBe(false);
    skip(15 * second);
    expect(one.isForgettable).toBe(true);
    one.folded(100);
    skip(60 * second - 1);
    expect(one.isForgettable).toBe(false);
    skip(1);
    expect(one.isForgettable).toBe(true);
  });
});

describe('one notice for many', () => {
  const notice = (more: Partial<Notice> = {}): Notice => ({
    ...{ kind: 'test', to: 'dev-team', card: { tone: 'info', title: 'a change' }, ...more },
  });

  it('goes where they would have gone, and calls nobody whom none of them calls', () => {
    const folded = foldedNotice([notice(), notice()]);
    expect(folded).toMatchObject({ kind: 'folded', to: 'dev-team' });
    expect(folded).not.toHaveProperty('pingOnCall');
    expect(folded).not.toHaveProperty('pingApprovers');
  });

  it('calls whoever any of them calls, by the kind that somebody can answer', () => {
    const urgent = notice({ kind: 'fire', pingOnCall: true });
    expect(foldedNotice([notice(), urgent, notice({ pingApprovers: true })])).toMatchObject({
      ...{ kind: 'fire', pingOnCall: true, pingApprovers: true },
    });
  });

  it('of nothing is a mistake', () => {
    expect(() => foldedNotice([])).toThrow(TypeError);
  });
});
