/** Names of snapshot files: they sort by time, and say which commit they stand at and why they were taken. */

/** Why one was taken. Those on schedule are kept by their own count. */
export const snapshotReasons = ['scheduled', 'rollback', 'restore', 'migration', 'asked'] as const;
export type SnapshotReason = (typeof snapshotReasons)[number];

export interface SnapshotName {
  /** The file's name, without its folder. */
  readonly name: string;
  /** Domain time at which it was taken, ms since epoch. */
  readonly at: number;
  /** The commit that it stands at. */
  readonly seq: number;
  readonly why: SnapshotReason;
}

const ending = '.snapshot.gz';
const pattern = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(\d{1,15})-([a-z]+)\.snapshot\.gz$/;

/** @example nameOf(at, 42, 'rollback') // '20260806T101112123Z-000000042-rollback.snapshot.gz' */
export function nameOf(at: number, seq: number, why: SnapshotReason): string {
  const time = new Date(at).toISOString().replace(/[-:.]/g, '');
  return `${time}-${String(seq).padStart(9, '0')}-${why}${ending}`;
}

/** Undefined for any other file: it is nobody's to list, to open from chat, or to remove. */
export function readName(name: string): SnapshotName | undefined {
  const parts = pattern.exec(name);
  const why = snapshotReasons.find((reason) => reason === parts?.[9]);
  if (parts === null || why === undefined) return undefined;
  const [year, month, day, hour, minute, second, ms] = parts.slice(1, 8).map(Number) as Seven;
  return { name, at: Date.UTC(year, month - 1, day, hour, minute, second, ms), seq: Number(parts[8]), why };
}

type Seven = [number, number, number, number, number, number, number];
