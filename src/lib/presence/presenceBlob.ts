/** What a process says of itself, as it lies in the store. Processes of other releases read it, too: unknown fields are passed over. */
import { z } from 'zod';
import type { OwnedBlob } from '../state/Store.js';
import type { ProcessAnswer, ProcessPresence } from './PresenceRoom.js';

export interface GivenAnswer extends Pick<ProcessAnswer, 'seq' | 'at' | 'body'> {
  readonly question: string;
  readonly askedAt: number;
}

/** `at` is the blob's own. */
export interface SaidPresence extends Omit<ProcessPresence, 'at'> {
  readonly answers: readonly GivenAnswer[];
}

const shape = z.object({
  release: z.string(),
  startedAt: z.number(),
  seq: z.number(),
  prepared: z.string().nullable(),
  guilds: z.number(),
  shards: z.array(z.number()),
  shardCount: z.number(),
  answers: z.array(
    z.object({
      question: z.string(),
      askedAt: z.number(),
      seq: z.number(),
      at: z.number(),
      body: z.json(),
    }),
  ),
});

export function packPresence({ process: _, ...said }: SaidPresence): Uint8Array {
  return Buffer.from(JSON.stringify(said));
}

/** Undefined where it is nothing that this program can read. */
export function readPresence({
  owner,
  at,
  blob,
}: OwnedBlob): { readonly presence: ProcessPresence; readonly answers: readonly GivenAnswer[] } | undefined {
  let said: unknown;
  try {
    said = JSON.parse(Buffer.from(blob).toString('utf8'));
  } catch {
    return undefined;
  }
  const read = shape.safeParse(said);
  if (!read.success) return undefined;
  const { answers, ...facts } = read.data;
  return { presence: { process: owner, at, ...facts }, answers };
}
