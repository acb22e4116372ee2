/** Which guilds were active in a step, and what they did, counted up with every unit. */
import { unitMs } from '../../health/judging/units.js';
import type { UnitTable } from '../../health/recording/columns/UnitTable.js';
import { canaryBit, randomisedBit } from '../../health/recording/columns/TableColumns.js';
import type { EvidenceDocument, RolloutDocument } from '../documents.js';
import type { GuildPlaces } from './GuildPlaces.js';
import { GuildSet } from './GuildSet.js';

export interface ProgressFacts {
  readonly unit: number;
  readonly table: UnitTable;
  readonly places: GuildPlaces;
  readonly isServed: boolean;
}

/** Only units that lie wholly in the step tell who is in it: in the one in which it began, guilds changed sides. */
export function progressAfter(
  document: RolloutDocument,
  { seen }: EvidenceDocument,
  { unit, table, places, isServed }: ProgressFacts,
): { progress: RolloutDocument['progress']; seen: EvidenceDocument['seen'] } {
  const { progress } = document;
  const beganAt = document.stepsBegan[document.step];
  if (!isServed || beganAt === undefined || unit * unitMs < beganAt) return { progress, seen };
  const { positions } = places.of(table.numbering);
  const canary = GuildSet.read(seen.canary);
  const control = GuildSet.read(seen.control);
  const chosen = GuildSet.read(seen.chosen);
  const failing = GuildSet.read(seen.failing);
  const { guilds, kinds, runs, failures } = table.columns;
  let { canaryRuns, controlRuns } = progress;
  for (let row = 0; row < table.size; row++) {
    if (runs[row] === 0) continue;
    const kind = kinds[row]!;
    const position = positions[guilds[row]!]!;
    const isCanary = (kind & canaryBit) !== 0;
    const isRandomised = (kind & randomisedBit) !== 0;
    if (isCanary) canaryRuns += runs[row]!;
    else controlRuns += runs[row]!;
    if (isRandomised && isCanary && failures[row]! > 0) failing.add(position);
    if (isRandomised) (isCanary ? canary : control).add(position);
    else if (isCanary) chosen.add(position);
  }
  return {
    progress: {
      ...progress,
      canaryGuilds: canary.count,
      controlGuilds: control.count,
      chosenGuilds: chosen.count,
      failingGuilds: failing.count,
      canaryRuns,
      controlRuns,
    },
    seen: { canary: canary.pack(), control: control.pack(), chosen: chosen.pack(), failing: failing.pack() },
  };
}
