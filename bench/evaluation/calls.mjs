/**
 * How fast a flag is asked, against flagd-core and Unleash, all by turns in one run: 100 flags, 100,000 ids that are fresh
 * strings at every turn. "With entries": one guild in ten has an override of its own.
 */
import { guildId, mix, overrides } from './worlds/flags.mjs';
import { atLeast, interleaved } from './worlds/measure.mjs';
import { flagd, unleash } from './worlds/peers.mjs';
import { lists, service } from './worlds/rollouts.mjs';

const ids = 100_000;
const rounds = 11;
const flags = mix();
const all = [...flags.simple, ...flags.percentage, ...flags.list];
const keys = Object.fromEntries(
  Object.entries(flags).map(([kind, some]) => [kind, some.map(({ key }) => key)]),
);

const plain = service(all, lists(flags.list));
const busy = service(all, [
  ...lists(flags.list),
  ...overrides([...keys.simple, ...keys.percentage, ...keys.list], ids),
]);
const peer = flagd(flags);
const other = await unleash(flags);

/** Every id once, the flags of a kind by turns. `share` of the ids is enough for a slow contestant. */
function calls(name, isEnabled, kind, share = 1) {
  const names = keys[kind];
  return {
    name,
    prepare: (round) => {
      const fresh = Array.from({ length: ids * share }, (_, i) => guildId((i / share + round) % ids));
      return () => {
        let on = 0;
        let at = 0;
        for (let i = 0; i < fresh.length; i++) {
          if (isEnabled(names[at], fresh[i])) on++;
          at = at + 1 === names.length ? 0 : at + 1;
        }
        if (on < 0) throw new Error('unreachable, but the answers must be used');
        return fresh.length;
      };
    },
  };
}

/** A few guilds' views, asked again and again as during their events. */
function views(name, ask, kind) {
  const names = keys[kind];
  const handles = names.map((key) => busy.handle(key));
  return {
    name,
    prepare: () => {
      const some = Array.from({ length: 100 }, (_, i) => busy.forGuild(guildId(i * 7)));
      for (const view of some) for (const handle of handles) view.isOn(handle);
      return () => {
        let on = 0;
        const times = 50;
        for (const view of some) {
          for (let turn = 0; turn < times; turn++) {
            for (let i = 0; i < names.length; i++) if (ask(view, names[i], handles[i])) on++;
          }
        }
        if (on < 0) throw new Error('unreachable, but the answers must be used');
        return some.length * times * names.length;
      };
    },
  };
}

const ofPlain = (key, id) => plain.isEnabled(key, id);
const ofBusy = (key, id) => busy.isEnabled(key, id);
const times = interleaved(
  [
    ...['simple', 'percentage', 'list'].flatMap((kind) => [
      calls(`${kind}`, ofPlain, kind),
      calls(`${kind} with entries`, ofBusy, kind),
      calls(`${kind} flagd`, peer, kind, kind === 'list' ? 0.2 : 1),
      calls(`${kind} unleash`, other.isEnabled, kind, kind === 'list' ? 0.02 : 0.2),
    ]),
    views('view by handle', (view, key, handle) => view.isOn(handle), 'percentage'),
    views('view by key', (view, key) => view.isEnabled(key), 'percentage'),
  ],
  rounds,
);
await other.close();

atLeast('simple flags, against flagd-core', times, 'simple', 'simple flagd', 8);
atLeast('simple flags with entries, against flagd-core', times, 'simple with entries', 'simple flagd', 2.5);
atLeast('percentages, against flagd-core', times, 'percentage', 'percentage flagd', 7);
atLeast(
  'percentages with entries, against flagd-core',
  times,
  'percentage with entries',
  'percentage flagd',
  7,
);
atLeast('lists of 1,000, against flagd-core', times, 'list with entries', 'list flagd', 20);
atLeast(
  'percentages with entries, against Unleash',
  times,
  'percentage with entries',
  'percentage unleash',
  10,
);
atLeast(
  'view by handle, against flagd-core on percentages',
  times,
  'view by handle',
  'percentage flagd',
  100,
);
atLeast('view by key, against flagd-core on percentages', times, 'view by key', 'percentage flagd', 33);
