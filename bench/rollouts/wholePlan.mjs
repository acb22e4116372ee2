// The built-in plan of fourteen days on a clock that is set, healthy to its completion: every unit is judged, every step committed.
import { performance } from 'node:perf_hooks';
import { atMost, report } from '../evaluation/worlds/measure.mjs';
import { guildsOf, seeded, startRollout, unitMs, withRoom } from './parts/room.mjs';

const guilds = guildsOf(120);
const runs = 4;
const mostUnits = 2_000;
const random = seeded(7);
const rows = new Map();
let flags;

await withRoom({ guilds, speed: unitMs / 30_000, unitRows: (unit) => rows.get(unit) ?? [] }, async (room) => {
  ({ flags } = room);
  const begun = performance.now();
  const beganAt = room.time.now;
  await startRollout(room, 'greeting', { guilds: guilds.slice(0, 2).map(({ id }) => id) });
  for (let unit = 0; unit < mostUnits && flags.flag('greeting').rollout !== null; unit++) {
    rows.set(Math.floor(room.time.now / unitMs), oneUnit());
    room.time.now += unitMs;
    room.time.goOn(30_000);
    await room.turn();
  }
  const seconds = (performance.now() - begun) / 1_000;
  const days = (room.time.now - beganAt) / 86_400_000;
  const status = await room.rollouts.status('greeting');
  if (status.state !== 'completed') throw new Error(`It did not complete: ${status.headline}`);
  report({ name: 'the whole plan, domain time', unit: 'days', values: Number(days.toFixed(2)) });
  atMost('the whole plan on a clock that is set', 's', seconds, 5);
});

function oneUnit() {
  const targets = flags.flag('greeting').rollout?.targets ?? [];
  return guilds.map(({ id }) => {
    let failures = 0;
    for (let left = runs; left > 0; left--) if (random() < 0.01) failures++;
    return {
      guild: id,
      arm: flags.isEnabled('greeting', id) ? 'canary' : 'control',
      isRandomised: !targets.includes(id),
      runs,
      failures,
      durations: { [12 + Math.floor(random() * 4)]: runs },
    };
  });
}
