/** Leases inside LMDB; the twin of `redis/lease.lua`. */
import { nextToken } from '../fence.js';
import type { LmdbFile } from './LmdbFile.js';

interface StoredLease {
  readonly owner: string;
  readonly token: number;
  /** Store's time, ms; 0 once it was given up. */
  readonly until: number;
}

export function readLease(file: LmdbFile, name: string): StoredLease | undefined {
  const text = file.get(['lease', name]);
  return text === undefined ? undefined : (JSON.parse(text) as StoredLease);
}

/** Only inside a transaction. */
export function takeLease(
  file: LmdbFile,
  want: { name: string; owner: string; ttlMs: number; floor: number; now: number },
): StoredLease {
  const held = readLease(file, want.name);
  const stands = held !== undefined && held.until > want.now && held.token >= want.floor;
  if (stands && held.owner !== want.owner) return held;
  const token = stands ? held.token : nextToken(held?.token ?? 0, want.floor);
  const lease = { owner: want.owner, token, until: want.now + want.ttlMs };
  file.put(['lease', want.name], JSON.stringify(lease));
  return lease;
}

/** Only inside a transaction. The token stays, so that it never falls. */
export function releaseLease(file: LmdbFile, name: string, owner: string): void {
  const held = readLease(file, name);
  if (held?.owner === owner) file.put(['lease', name], JSON.stringify({ ...held, owner: '', until: 0 }));
}
