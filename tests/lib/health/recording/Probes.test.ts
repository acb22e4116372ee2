import { describe, expect, it } from 'vitest';
import { ProbeExists, Probes } from '../../../../src/lib/health/recording/Probes.js';

function probes() {
  const time = { now: 0 };
  const waiting = new Set<() => void>();
  const after = (_ms: number, callback: () => void) => {
    waiting.add(callback);
    return { cancel: () => void waiting.delete(callback) };
  };
  const one = new Probes({ clock: { now: () => time.now }, after });
  const ask = async () => {
    time.now += 30_000;
    const asked = one.askWhereDue();
    return { asked, timeOut: () => waiting.forEach((callback) => callback()) };
  };
  return { one, time, ask, waiting };
}

describe('a probe', () => {
  it('is healthy where it resolves, and not where it rejects, throws or answers late', async () => {
    const { one, ask, waiting } = probes();
    one.add('good', () => 1);
    one.add('rejects', () => Promise.reject(new Error('no')));
    one.add('throws', () => {
      throw new Error('no');
    });
    one.add('hangs', () => new Promise(() => undefined));
    const { asked, timeOut } = await ask();
    // The others answer within a few turns of the event loop, and the deadline is theirs no more.
    while (waiting.size > 1) await Promise.resolve();
    timeOut();
    await asked;
    const healthy = Object.entries(one.results).map(([name, results]) => [name, results.at(-1)?.isHealthy]);
    expect(Object.fromEntries(healthy)).toEqual({ good: true, rejects: false, throws: false, hangs: false });
  });

  it('is asked every 30 s, and its last ten answers are kept', async () => {
    const { one, ask, time } = probes();
    let calls = 0;
    one.add('db', () => (calls += 1));
    for (let n = 0; n < 12; n++) await (await ask()).asked;
    time.now += 29_999;
    await one.askWhereDue();
    expect(calls).toBe(12);
    expect(one.results['db']).toHaveLength(10);
    expect(one.results['db']?.[0]).toEqual({ at: 90_000, isHealthy: true });
  });

  it('has a name of its own, and is gone once it was taken away', () => {
    const { one } = probes();
    const remove = one.add('db', () => 1);
    expect(() => one.add('db', () => 1)).toThrow(ProbeExists);
    remove();
    expect(one.results).toEqual({});
    one.add('db', () => 1);
    remove();
    expect(Object.keys(one.results)).toEqual(['db']);
  });
});
