import { describe, expect, it } from 'vitest';
import { Unavailable } from '../../../../src/lib/state/errors.js';
import type { Ledger } from '../../../../src/lib/state/Store.js';
import { guildId, MeasuringGround, today } from './ground.js';

const a = guildId(1);

/** The store's ledger, with a network that loses requests (`none`) or answers (`unknown`). */
function badNetwork(ledger: Ledger) {
  const network = { loses: undefined as 'none' | 'unknown' | undefined };
  const append: Ledger['append'] = async (batch, rows) => {
    if (network.loses === 'none') throw new Unavailable('There is no connection.', 'none');
    await ledger.append(batch, rows);
    if (network.loses === 'unknown') throw new Unavailable('The connection broke.', 'unknown');
  };
  return { network, ledger: { append } };
}

const runsOf = async (ground: MeasuringGround): Promise<number> =>
  [...(await ground.records.units('R1', today))].reduce((sum, { runs }) => sum + runs, 0);

describe('flushing', () => {
  it('adds up what all processes counted', async () => {
    const ground = await MeasuringGround.open();
    const [p1, p2] = [ground.process('p1'), ground.process('p2')];
    for (let n = 0; n < 3; n++) {
      p1.run(a, 'R1', 'canary', { outcome: n === 0 ? 'error' : 'ok' });
      p2.run(a, 'R1', 'canary', { ms: 2_000 });
      await Promise.all([p1.flushing.flush(), p2.flushing.flush()]);
    }
    expect([...(await ground.records.units('R1', today))]).toEqual([
      { guild: a, arm: 'canary', isRandomised: true, runs: 6, failures: 1, durations: { 8: 3, 19: 3 } },
    ]);
  });

  it.each(['none', 'unknown'] as const)(
    'loses nothing and counts nothing twice where the store was away (%s)',
    async (loses) => {
      const ground = await MeasuringGround.open();
      const { network, ledger } = badNetwork(ground.store.ledger);
      const process = ground.process('p1', ledger);
      network.loses = loses;
      for (let n = 0; n < 4; n++) {
        process.run(a, 'R1', 'canary');
        await expect(process.flushing.flush()).rejects.toThrow(Unavailable);
      }
      expect(await ground.records.lastFlushAt()).toBeNull();
      network.loses = undefined;
      await process.flushing.flush();
      await process.flushing.flush();
      expect(await runsOf(ground)).toBe(4);
      expect(await ground.records.lastFlushAt()).not.toBeNull();
    },
  );

  it('gives a batch up rather than count it twice, once the store has forgotten it', async () => {
    const ground = await MeasuringGround.open();
    const { network, ledger } = badNetwork(ground.store.ledger);
    const process = ground.process('p1', ledger);
    network.loses = 'none';
    process.run(a, 'R1', 'canary');
    await expect(process.flushing.flush()).rejects.toThrow(Unavailable);
    process.run(a, 'R1', 'canary');
    ground.realNow += 59 * 60_000;
    network.loses = undefined;
    await process.flushing.flush();
    expect(await runsOf(ground)).toBe(1);
    expect(ground.warnings).toEqual([expect.stringContaining('given up')]);
  });

  it('loses with a process no more than what it had not flushed', async () => {
    const ground = await MeasuringGround.open();
    const dies = ground.process('p1');
    dies.run(a, 'R1', 'canary');
    await dies.flushing.flush();
    dies.run(a, 'R1', 'canary');
    const next = ground.process('p2');
    next.run(a, 'R1', 'canary');
    await next.flushing.flush();
    expect(await runsOf(ground)).toBe(2);
  });

  it('tells that it lives where nothing ran, and falls silent when it ends', async () => {
    const ground = await MeasuringGround.open();
    const process = ground.process('p1');
    await process.flushing.flush();
    expect(await ground.records.processes()).toMatchObject([{ process: 'p1', flushedUntil: ground.now }]);
    process.run(a, 'R1', 'canary');
    await process.flushing.end();
    expect(await ground.records.processes()).toEqual([]);
    expect(await runsOf(ground)).toBe(1);
  });
});
