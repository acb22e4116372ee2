/** Domain time that runs faster than the machine's clock: where it was at a moment, and how fast it runs since. */
import type { Clock } from './Clock.js';

export interface Pace {
  /** Real time, ms since epoch, at which this pace began. */
  readonly realAt: number;
  /** Domain time, ms since epoch, at that moment. */
  readonly domainAt: number;
  /** Domain seconds a real second. */
  readonly speed: number;
}

/** @returns domain time in whole ms since epoch, at a moment of real time (ms since epoch) */
export function domainTimeAt({ realAt, domainAt, speed }: Pace, realNow: number): number {
  return Math.round(domainAt + (realNow - realAt) * speed);
}

/** Another speed from now on: time goes on where it is. */
export function withSpeed(pace: Pace, speed: number, realNow: number): Pace {
  return { realAt: realNow, domainAt: domainTimeAt(pace, realNow), speed };
}

/** A clock whose pace may be changed while it runs. */
export class PacedClock implements Clock {
  public constructor(
    private pace: Pace,
    private readonly realTime: Clock,
  ) {}

  public follow(pace: Pace): void {
    this.pace = pace;
  }

  public get speed(): number {
    return this.pace.speed;
  }

  public now(): number {
    return domainTimeAt(this.pace, this.realTime.now());
  }
}
