/** What can be turned while a sandbox runs: how fast time goes, who uses the bot, and what is wrong with the new greeting. */
import type { Pace } from '../../lib/core/Pace.js';

export interface Knobs {
  /** Domain seconds a real second, 1…3,600. */
  readonly speed: number;
  /** Commands that simulated members type a real second in the busiest hour of the day, 0…500. */
  readonly traffic: number;
  /** How many times as often as the old greeting the new one fails, 1…20. */
  readonly errors: number;
  /** How many times as long as the old greeting the new one takes, 1…20. */
  readonly slowness: number;
  /** The new greeting fails every time. */
  readonly alwaysFails: boolean;
  /** The only guild (its id) where something is wrong with the new greeting; null = everywhere. */
  readonly guild: string | null;
  /** Both greetings fail every time, as in an outage of Discord's. */
  readonly outage: boolean;
  /** Simulated members who met the new greeting report it as a critical problem. */
  readonly reports: boolean;
  /** What simulated members who met the new greeting give it; the old one they like. */
  readonly ratings: Ratings;
}

export const ratingMoods = ['none', 'pleased', 'displeased'] as const;
export type Ratings = (typeof ratingMoods)[number];

export const restingKnobs: Knobs = {
  ...{ speed: 1, traffic: 0, errors: 1, slowness: 1, alwaysFails: false, guild: null, outage: false },
  ...{ reports: false, ratings: 'none' },
};

/** What simulated members did since the sandbox started. */
export interface TrafficFigures {
  /** Commands of all kinds. */
  readonly commands: number;
  /** Answered with the new greeting. */
  readonly newGreetings: number;
  /** Answered with an apology. */
  readonly failures: number;
  /** Not answered at all. */
  readonly unanswered: number;
  readonly reports: number;
  readonly ratings: number;
}

/** All of it as the page shows it. */
export interface SimulationView {
  readonly knobs: Knobs;
  readonly pace: Pace;
  readonly figures: TrafficFigures;
}
