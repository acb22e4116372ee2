/**
 * From the press of the button to "off" in every one of 16 processes on Redis: the slowest of them counts, press after press.
 * The process that is pressed knows 10,000 guilds, counts them, and commits; the others only follow and evaluate.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { percentile, withRedis } from '../state/parts/ground.mjs';
import { atMost } from '../evaluation/worlds/measure.mjs';
import { guildsOf } from '../rollouts/parts/room.mjs';
import { openRoom } from './parts/room.mjs';

const processes = 16;
const presses = 200;
const by = { id: '1', name: 'Ada' };
const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;

await withRedis(async (redisUrl) => {
  const room = await openRoom({ redisUrl, guilds: guildsOf(10_000) });
  const flags = Array.from({ length: presses }, (_, at) => `flag_${at}`);
  for (const flag of flags) {
    await room.do({ do: 'create', flag, facts: {} });
    await room.do({ do: 'enable', flag });
  }
  const followers = await Promise.all(Array.from({ length: processes }, () => follower(redisUrl)));
  const slowest = [];
  const here = [];
  for (const flag of flags) {
    const offEverywhere = Promise.all(followers.map((one) => one.off(flag)));
    const pressedAt = monotonicMs();
    const pressed = room.rollbacks.now({ by, flag, trigger: 'security', reason: 'a benchmark' });
    const outcome = await pressed;
    here.push(monotonicMs() - pressedAt);
    if (outcome.status !== 'done') throw new Error(`expected done, got ${outcome.status}`);
    slowest.push(Math.max(...(await offEverywhere)) - pressedAt);
  }
  for (const one of followers) one.end();
  await room.close();
  atMost('press to "done" for the person, p50', 'ms', percentile(here, 0.5), 20);
  atMost(`press to off in all of ${processes} processes, p50`, 'ms', percentile(slowest, 0.5), 20);
  atMost(`press to off in all of ${processes} processes, p99`, 'ms', percentile(slowest, 0.99), 100);
});

/** A process that follows the state and says when a flag is off in it. */
function follower(redisUrl) {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'parts', 'follower.mjs'), [redisUrl]);
    const told = new Map();
    const waiting = new Map();
    child.on('error', reject);
    child.on('message', (message) => {
      if (message === 'ready') {
        resolve({
          off: (flag) =>
            new Promise((known) => (told.has(flag) ? known(told.get(flag)) : waiting.set(flag, known))),
          end: () => child.send('end'),
        });
        return;
      }
      told.set(message.flag, message.at);
      waiting.get(message.flag)?.(message.at);
    });
  });
}
