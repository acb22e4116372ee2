/** A moment of domain time, as people can read it. */
import type { Text } from '../../alerts/Card.js';
import type { Clock } from '../../core/Clock.js';
import { roughSpan } from '../span.js';

export interface TwoClocks {
  readonly domainTime: Clock;
  readonly realTime: Clock;
}

/** Clocks that are further apart than this run at different speeds, ms. */
const apartMs = 60_000;

/**
 * Discord draws times by the reader's clock and keeps them fresh by itself. Where domain time is sped up that would be wrong, so
 * that the distance is said in words.
 */
export function moment(at: number, { domainTime, realTime }: TwoClocks): Exclude<Text, string> {
  const now = domainTime.now();
  if (Math.abs(now - realTime.now()) < apartMs) return [{ time: at, style: 'R' }];
  return [at >= now ? `in ${roughSpan(at - now)}` : `${roughSpan(now - at)} ago`];
}
