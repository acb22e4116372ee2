/** How the ledger's series are named: by unit first, so that old ones are one range. */

/** Sorts before every series. */
export const first = 'unit:';

/** Every active guild in one unit. */
export function baseSeries(unit: number): string {
  return `${beginning(unit)}:base`;
}

/** The runs in one unit that a rollout's flag touched. */
export function rolloutSeries(rolloutId: string, unit: number): string {
  return `${beginning(unit)}:rollout:${rolloutId}`;
}

/** What the names of a unit's series begin with; sorts before all of them and behind those of the unit before. */
export function beginning(unit: number): string {
  return first + String(unit).padStart(8, '0');
}
