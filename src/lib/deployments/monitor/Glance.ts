import type { MonitorCheckName, RiskTrigger, Usual } from '../documents.js';
import type { Seen } from './Seen.js';
import type { MonitorSettings } from './Settings.js';

/** What one check comes to at one look, before the looks in a row are counted. */
export interface Glance {
  readonly check: MonitorCheckName;
  readonly is: 'healthy' | 'bad' | 'unknown';
  /** A proof or a hard limit: it counts at once. */
  readonly isCertain: boolean;
  /** What a breach of it would be about. */
  readonly trigger: RiskTrigger;
  /** Flags that are proven to be the cause. */
  readonly flags: readonly string[];
  /** For people, with the numbers. */
  readonly sentence: string;
  readonly value: number | null;
  readonly baseline: number | null;
  /** Beyond it the value is bad; null where no single number says so. */
  readonly limit: number | null;
}

export type Check = (seen: Seen, usual: Usual | null, settings: MonitorSettings) => Glance;

/** What most glances have in common. */
export function glance(
  check: MonitorCheckName,
  trigger: RiskTrigger,
  rest: Pick<Glance, 'is' | 'sentence'> & Partial<Glance>,
): Glance {
  return { check, trigger, isCertain: false, flags: [], value: null, baseline: null, limit: null, ...rest };
}

/** "+23 %", "-4 %". */
export function change(ratio: number): string {
  const percent = Math.round((ratio - 1) * 100);
  return `${percent > 0 ? '+' : ''}${percent} %`;
}

/** "1.2 %", "0.04 %". */
export function rate(share: number): string {
  const percent = share * 100;
  return `${percent >= 10 ? percent.toFixed(0) : percent >= 1 ? percent.toFixed(1) : percent.toFixed(2)} %`;
}
