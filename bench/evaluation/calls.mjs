/**
 * How fast a flag is asked, against flagd-core and Unleash, all by turns in one run: 100 flags, 100,000 ids that are fresh
 * strings at every turn. "With entries": one guild in ten has an override of its own.
 */
import { guildId, mix, overrides } from './worlds/flags.mjs';
import { atLeast, interleaved } from './worlds/measure.mjs';
import { flagd, unleash } from './worlds/peers.mjs';
import { lists, service } from './worlds/rollouts.mjs';

const ids = 100_000;
const rounds = 15;
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

/**
 * A loop of its own for each contestant, compiled from text: one loop for all would be compiled for the mixture of them,
 * and measure the compiler's guesses instead.
 */
function ownLoop(parameters, body) {
  return new Function(...parameters, body);
}

/** Every id once, the flags of a kind by turns. `share` of the ids is enough for a slow contestant. */
function calls(name, target, kind, share = 1) {
  const names = keys[kind];
  const run = ownLoop(
    ['target', 'names', 'ids'],
    `let on = 0;
     for (let i = 0, at = 0; i < ids.length; i++) {
       if (target.isEnabled(names[at], ids[i])) on++;
       at = at + 1 === names.length ? 0 : at + 1;
     }
     return on;`,
  );
  return {
    name,
    prepare: (round) => {
      const fresh = Array.from({ length: ids * share }, (_, i) => guildId((i / share + round) % ids));
      return () => {
        run(target, names, fresh);
        return fresh.length;
      };
    },
  };
}

/** A few guilds' views, asked again and again as during their events. */
function views(name, ask, kind) {
  const names = keys[kind];
  const handles = names.map((key) => busy.handle(key));
  const times = 50;
  const run = ownLoop(
    ['views', 'names', 'handles', 'times'],
    `let on = 0;
     for (const view of views) {
       for (let turn = 0; turn < times; turn++) {
         for (let i = 0; i < names.length; i++) if (${ask}) on++;
       }
     }
     return on;`,
  );
  return {
    name,
    prepare: () => {
      const some = Array.from({ length: 100 }, (_, i) => busy.forGuild(guildId(i * 7)));
      for (const view of some) for (const handle of handles) view.isOn(handle);
      return () => {
        run(some, names, handles, times);
        return some.length * times * names.length;
      };
    },
  };
}

const times = interleaved(
  [
    ...['simple', 'percentage', 'list'].flatMap((kind) => [
      calls(`${kind}`, plain, kind),
      calls(`${kind} with entries`, busy, kind),
      calls(`${kind} flagd`, peer, kind, kind === 'list' ? 0.2 : 1),
      calls(`${kind} unleash`, other, kind, kind === 'list' ? 0.02 : 0.2),
    ]),
    views('view by handle', 'view.isOn(handles[i])', 'percentage'),
    views('view by key', 'view.isEnabled(names[i])', 'percentage'),
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
