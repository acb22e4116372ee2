import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Engine, LeaseAnswer, Signal } from '../../../src/lib/state/Engine.js';
import { Unavailable } from '../../../src/lib/state/errors.js';
import { LeaseKeeper } from '../../../src/lib/state/LeaseKeeper.js';

const ttlMs = 1000;

describe('a lease keeper', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A store of which a test says what it answers next; `answer` gets the keeper's own name. */
  const scene = (answer: (owner: string, floor: number) => LeaseAnswer | Error) => {
    const listeners = new Set<(signal: Signal) => void>();
    const state = { answer, asked: 0, released: 0 };
    const engine: Pick<Engine, 'takeLease' | 'releaseLease' | 'leaseHolder' | 'listen' | 'leasePollMs'> = {
      leasePollMs: undefined,
      takeLease: async (_name, owner, _ttl, floor) => {
        state.asked += 1;
        const given = state.answer(owner, floor);
        if (given instanceof Error) throw given;
        return given;
      },
      releaseLease: async () => void (state.released += 1),
      leaseHolder: async () => undefined,
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
    const told: string[] = [];
    const keeper = new LeaseKeeper({
      engine: engine as Engine,
      name: 'control',
      owner: 'me',
      ttlMs,
      random: undefined,
      monotonic: () => Date.now(),
      warn: () => undefined,
      onGained: ({ token }) => told.push(`gained ${token}`),
      onLost: () => told.push('lost'),
    });
    const signal = (one: Signal): void => listeners.forEach((listener) => listener(one));
    return { keeper, told, state, signal };
  };
  const mine = (owner: string): LeaseAnswer => ({ owner, token: 1 });

  it('believes itself the holder for 0.8 ttl after it last asked, and not a moment longer', async () => {
    const { keeper, told, state } = scene(mine);
    await keeper.start();
    state.answer = () => new Unavailable('frozen', 'unknown');
    await vi.advanceTimersByTimeAsync(0.8 * ttlMs - 1);
    expect([keeper.fence, told]).toEqual([{ lease: 'control', token: 1 }, ['gained 1']]);
    await vi.advanceTimersByTimeAsync(1);
    expect([keeper.fence, told]).toEqual([undefined, ['gained 1', 'lost']]);
    state.answer = (owner) => ({ owner, token: 2 });
    await vi.advanceTimersByTimeAsync(ttlMs / 3);
    expect(told).toEqual(['gained 1', 'lost', 'gained 2']);
    await keeper.close();
  });

  it('stops at once when the store says that another holds it', async () => {
    const { keeper, told, state } = scene(mine);
    await keeper.start();
    state.answer = () => ({ owner: 'other', token: 2 });
    await vi.advanceTimersByTimeAsync(ttlMs / 3);
    expect([keeper.fence, told]).toEqual([undefined, ['gained 1', 'lost']]);
    await keeper.close();
  });

  it('tells a new token as a loss and a gain', async () => {
    const { keeper, told, state } = scene(mine);
    await keeper.start();
    state.answer = (owner) => ({ owner, token: 5 });
    await vi.advanceTimersByTimeAsync(ttlMs / 3);
    expect(told).toEqual(['gained 1', 'lost', 'gained 5']);
    await keeper.close();
  });

  it('asks at once when the lease was given up, and not for another one', async () => {
    const { keeper, state, signal } = scene(() => ({ owner: 'other', token: 1 }));
    await keeper.start();
    signal({ is: 'lease', name: 'something else' });
    await vi.advanceTimersByTimeAsync(0);
    expect(state.asked).toBe(1);
    signal({ is: 'lease', name: 'control' });
    await vi.advanceTimersByTimeAsync(0);
    expect(state.asked).toBe(2);
    await keeper.close();
  });

  it('gives up every token of a history that broke off', async () => {
    const floors: number[] = [];
    const { keeper, told } = scene((owner, floor) => {
      floors.push(floor);
      return { owner, token: floor > 1 ? 1001 : 1 };
    });
    await keeper.start();
    keeper.historyBroke();
    await vi.advanceTimersByTimeAsync(0);
    expect([floors, told]).toEqual([
      [0, 2],
      ['gained 1', 'lost', 'gained 1001'],
    ]);
    await keeper.close();
  });

  it('gives the lease up when closed, and asks no more', async () => {
    const { keeper, told, state } = scene(mine);
    await keeper.start();
    await keeper.close();
    await vi.advanceTimersByTimeAsync(10 * ttlMs);
    expect([told, state.asked, state.released]).toEqual([['gained 1', 'lost'], 1, 1]);
  });
});
