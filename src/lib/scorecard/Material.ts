/** What the figures are made from, read at once. */
import type { Day } from './Day.js';
import type { Uptime } from './uptime.js';

/** What people said within some days. */
export interface Said {
  /** Problems that people reported. */
  readonly reports: number;
  /** 1 … 5 each. */
  readonly stars: readonly number[];
}

/** What later weeks are compared with. */
export interface Baseline {
  /** UTC days of domain time, ms since epoch; both included. */
  readonly from: number;
  readonly to: number;
  readonly days: readonly Day[];
  readonly reports: number;
  readonly setBy: { readonly id: string; readonly name: string; readonly at: number };
}

/** A feature that came lately, and for whom it is on. */
export interface Adopted {
  readonly flag: string;
  readonly guildsOn: number;
  /** Guilds that nobody excluded, and that did not keep it off. */
  readonly eligible: number;
}

/** A count of tickets that somebody else's system pushed. */
export interface PushedTickets {
  readonly value: number;
  readonly baseline: number;
  readonly before: number | null;
}

export interface Material {
  /** Domain time, ms since epoch. */
  readonly now: number;
  /** The last seven whole days, and the seven before. */
  readonly week: readonly Day[];
  readonly weekBefore: readonly Day[];
  readonly baseline: Baseline | null;
  readonly uptime: Uptime | undefined;
  readonly uptimeBefore: Uptime | undefined;
  readonly said: Said;
  readonly saidBefore: Said;
  readonly tickets: PushedTickets | null;
  readonly adopted: readonly Adopted[];
}
