/**
 * The processes of this bot, as any of them sees all: who lives, which release each runs, and what each answers when
 * asked. Each process overwrites a small blob of its own (room `presence`) every 5 s and at once when it has something to
 * say; a question is a document, so that the change feed carries it to everybody within milliseconds.
 */
import type { Json } from '../core/Json.js';

/** How long a process that went silent counts as living, ms of the store's time. */
export const aliveMs = 30_000;

/** What a process says of itself. */
export interface ProcessPresence {
  /** Names the process for its lifetime. */
  readonly process: string;
  /** The release that it runs. */
  readonly release: string;
  /** Store's time of what it said last, ms since epoch. */
  readonly at: number;
  /** Real time, ms since epoch. */
  readonly startedAt: number;
  /** The newest commit that it has taken in. */
  readonly seq: number;
  /** The handover that it is ready for; null = none. */
  readonly prepared: string | null;
  /** The guilds that it serves: how many, and of which shards. */
  readonly guilds: number;
  readonly shards: readonly number[];
  /** Of how many in all. */
  readonly shardCount: number;
}

/** What everybody is asked. `kind` picks the answerer; a process that knows no such kind (an older one) answers null. */
export interface Question {
  readonly id: string;
  readonly kind: string;
  readonly body: Json;
}

export interface ProcessAnswer {
  readonly process: string;
  readonly release: string;
  /** The newest commit that it had taken in when it answered. */
  readonly seq: number;
  /** Store's time. */
  readonly at: number;
  readonly body: Json;
}

export interface RollCall {
  readonly question: Question;
  readonly answers: readonly ProcessAnswer[];
  /** Processes that live, or lived a moment ago, and did not answer in time. */
  readonly silent: readonly ProcessPresence[];
}

export interface PresenceRoom {
  /** This process' name and release. */
  readonly process: string;
  readonly release: string;
  /** Those that said something within {@link aliveMs}; sorted by name. Throws Unavailable. */
  living(): Promise<readonly ProcessPresence[]>;
  /**
   * Asks every living process and waits until all have answered, at most `withinMs` of real time. Throws Unavailable.
   * Questions are asked by whoever holds the lease, or by a person; two at a time are both answered.
   */
  ask(question: Question, withinMs: number): Promise<RollCall>;
  /** Says how questions of this kind are answered here; once a kind. What it throws is answered as `{ error }`. */
  answer(kind: string, answerer: (body: Json) => Json | Promise<Json>): void;
  /** Says at once what changed (it prepared for a handover, say). Throws Unavailable. */
  say(facts: Partial<Pick<ProcessPresence, 'prepared'>>): Promise<void>;
}
