/**
 * The proof of a rollback, read back from 16 processes on Redis: all five checks, over a state of 2,000 guild documents and a
 * thousand audit entries. The smoke test of the commands is Discord's time, and is not part of it.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { percentile, withRedis } from '../state/parts/ground.mjs';
import { atMost } from '../evaluation/worlds/measure.mjs';
import { problemOf } from '../../dist/esm/lib/recovery/damage/isWhole.js';
import { checkIntegrity } from '../../dist/esm/lib/rollbacks/proof/integrity/checkIntegrity.js';
import { proving } from '../../dist/esm/lib/rollbacks/proof/proving.js';
import { openProcess } from './parts/answerer.mjs';

const processes = 16;
const looks = 20;
const working = { name: 'commands', verdict: 'passed', tookMs: 0, sentence: '' };

await withRedis(async (redisUrl) => {
  const own = await openProcess(redisUrl, 'process-0');
  const guilds = Array.from({ length: 2_000 }, (_, n) => String(10n ** 17n + BigInt(n)));
  const stamp = { by: '1', at: 0 };
  for (let at = 0; at < guilds.length; at += 2)
    await own.store.commit({
      op: `fill ${at}`,
      notAfter: Date.now() + 60_000,
      changes: guilds.slice(at, at + 2).map((id) => ({
        ...{ ns: 'guilds', key: id, expect: 0 },
        next: {
          schema: 1,
          id,
          channelId: null,
          entries: { canary: { override: { is: 'allow', ...stamp } } },
        },
      })),
      audit: [{ title: `filled ${at}` }],
      outbox: [],
    });
  const others = await Promise.all(
    Array.from({ length: processes - 1 }, (_, n) => startProcess(redisUrl, `process-${n + 1}`)),
  );
  const prove = proving({
    presence: own.presence,
    records: { baseUnits: async () => [], settledUntil: async () => null },
    rollout: () => undefined,
    world: () => own.flags.world,
    commands: async () => ({ ...working, findings: [{ what: '/hello', ok: true, detail: '' }] }),
    integrity: () => checkIntegrity({ store: own.store, problemOf }),
    clock: { now: () => Date.now() },
    warn: console.error,
  });
  const rollback = {
    ...{ id: 'BENCH', v: 1_000, flag: 'canary', before: [], rollouts: [], sample: guilds.slice(0, 50) },
    ...{ isCounted: true, affected: { guilds: 0, members: 0 }, created: { at: Date.now() } },
  };
  const took = [];
  for (let look = 0; look < looks; look++) {
    const begun = performance.now();
    const { verdict, checks } = await prove(rollback, null);
    took.push(performance.now() - begun);
    const heard = checks[0].sentence;
    if (verdict !== 'proven' || !heard.includes(`all of ${processes} processes`))
      throw new Error(`expected a proof from ${processes} processes, got ${verdict}: ${heard}`);
  }
  for (const one of others) one.send('end');
  await own.close();
  atMost(`proof from ${processes} processes, p50`, 'ms', percentile(took, 0.5), 2_000);
  atMost(`proof from ${processes} processes, slowest of ${looks}`, 'ms', Math.max(...took), 2_000);
});

function startProcess(redisUrl, name) {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'parts', 'answerer.mjs'), [redisUrl, name]);
    child.on('error', reject);
    child.on('message', () => resolve(child));
  });
}
