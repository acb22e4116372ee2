/** The ratios of `bench/evaluation` once more while a rollout runs: one flag in ten is under it, asked outside of a run and within one. */
import { currentRun, within } from '../../dist/esm/lib/health/recording/currentRun.js';
import { Recorder } from '../../dist/esm/lib/health/recording/Recorder.js';
import { guildId, mix } from '../evaluation/worlds/flags.mjs';
import { atLeast, interleaved } from '../evaluation/worlds/measure.mjs';
import { flagd } from '../evaluation/worlds/peers.mjs';
import { service } from '../evaluation/worlds/rollouts.mjs';

const ids = 100_000;
const rounds = 9;
const flags = mix();
const underRollout = (some) =>
  some.map((flag, at) => (at % 10 === 0 ? { ...flag, rollout: { id: `R${flag.key}`, targets: [] } } : flag));
const busy = service([...underRollout(flags.simple), ...underRollout(flags.percentage)], []);
const peer = flagd(flags);
const recorder = new Recorder({ now: () => 0 });

function calls(name, isEnabled, kind, isWithin) {
  const keys = flags[kind].map(({ key }) => key);
  return {
    name,
    prepare: (round) => {
      const fresh = Array.from({ length: ids }, (_, i) => guildId((i + round) % ids));
      const ask = () => {
        let on = 0;
        let at = 0;
        for (const id of fresh) {
          if (isEnabled(keys[at], id)) on++;
          at = at + 1 === keys.length ? 0 : at + 1;
        }
        if (on < 0) throw new Error('unreachable, but the answers must be used');
        return ids;
      };
      if (!isWithin) return ask;
      return () => within(recorder.begin({ name, guildId: guildId(0) }), ask);
    },
  };
}

function views(name, isWithin) {
  const handles = flags.percentage.map(({ key }) => busy.handle(key));
  return {
    name,
    prepare: () => {
      const view = busy.forGuild(guildId(1));
      for (const handle of handles) view.isOn(handle);
      const ask = () => {
        let on = 0;
        for (let turn = 0; turn < 5_000; turn++) for (const handle of handles) if (view.isOn(handle)) on++;
        if (on < 0) throw new Error('unreachable, but the answers must be used');
        return 5_000 * handles.length;
      };
      if (!isWithin) return ask;
      return () => within(recorder.begin({ name, guildId: guildId(1) }), ask);
    },
  };
}

const ours = (key, id) => busy.isEnabled(key, id);
const times = interleaved(
  [
    ...['simple', 'percentage'].flatMap((kind) => [
      calls(kind, ours, kind, false),
      calls(`${kind} in a run`, ours, kind, true),
      calls(`${kind} flagd`, peer, kind, false),
    ]),
    views('view by handle', false),
    views('view by handle in a run', true),
  ],
  rounds,
);
if (currentRun() !== undefined) throw new Error('a run has leaked');
busy.close();

for (const where of ['', ' in a run']) {
  atLeast(`simple flags${where}, one in ten under rollout`, times, `simple${where}`, 'simple flagd', 8);
  atLeast(
    `percentages${where}, one in ten under rollout`,
    times,
    `percentage${where}`,
    'percentage flagd',
    7,
  );
  atLeast(
    `view by handle${where}, one in ten under rollout`,
    times,
    `view by handle${where}`,
    'percentage flagd',
    100,
  );
}
