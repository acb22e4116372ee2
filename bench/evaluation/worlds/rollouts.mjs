/** This package, as its users call it: `FlagsService.isEnabled`, fed through its follower like by a store. */
import { FlagsService } from '../../../dist/esm/lib/flags/FlagsService.js';
import { guildDocument, listOf, stamp } from './flags.mjs';

/** A service that has loaded these flags and these entries (`{ id, flag, is }`). */
export function service(flags, entries) {
  const guilds = new Map();
  for (const { id, flag, is } of entries) {
    const known = guilds.get(id)?.entries ?? {};
    guilds.set(id, guildDocument(id, { ...known, [flag]: { override: { is, ...stamp } } }));
  }
  const flagsService = new FlagsService({
    store: { blobs: () => ({}) },
    clock: { now: () => 0 },
    servesFlags: true,
  });
  flagsService.follower.reload(
    {
      head: { seq: 2, id: 'x' },
      at: 0,
      documents: {
        flags: new Map(flags.map((flag) => [flag.key, flag])),
        guilds,
        cohorts: new Map(),
        settings: new Map(),
      },
      damaged: [],
    },
    'start',
    [],
  );
  return flagsService;
}

export function lists(flags) {
  return flags.flatMap(({ key }, i) => listOf(i).map((id) => ({ id, flag: key, is: 'allow' })));
}
