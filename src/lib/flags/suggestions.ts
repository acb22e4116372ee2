/** What an autocomplete shows: best match first, as many as Discord takes. */
import { count } from '../core/count.js';
import type { GuildDirectory } from './directory/GuildDirectory.js';
import type { Suggestion } from './FlagsRoom.js';
import { fold, nearestNames, rank } from './nearest.js';

/** Discord's limits for autocomplete choices. */
const mostChoices = 25;
const longestName = 100;

export function suggestNames(typed: string, names: readonly string[]): readonly Suggestion[] {
  const wanted = fold(typed);
  const meant = names
    .flatMap((name) => {
      const tier = rank(wanted, fold(name));
      return tier === undefined ? [] : [{ name, tier }];
    })
    .sort((a, b) => a.tier - b.tier || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
  const near = meant.length >= mostChoices ? [] : nearestNames(typed, names, mostChoices);
  return [...new Set([...meant, ...near])].slice(0, mostChoices).map((name) => ({ name, value: name }));
}

export function suggestGuildNames(typed: string, directory: GuildDirectory): readonly Suggestion[] {
  return directory.search(typed, mostChoices).map(({ id, name, members }) => {
    const size = ` (${count(members, 'member')})`;
    const room = longestName - size.length;
    return { name: (name.length > room ? `${name.slice(0, room - 1)}…` : name) + size, value: id };
  });
}
