/** Numbers of a simulation as people read them. */
import { count } from '../../core/count.js';

export function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 10 ? Number(value.toFixed(1)) : Math.round(value)} %`;
}

export function times(ratio: number): string {
  return `${ratio >= 10 ? Math.round(ratio) : Number(ratio.toFixed(1))}x`;
}

export function span(hours: number): string {
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} minutes`;
  if (hours < 48) return count(Number(hours.toFixed(hours < 10 ? 1 : 0)), 'hour');
  return count(Number((hours / 24).toFixed(1)), 'day');
}

/** Mean numbers below ten need a digit more. */
export function about(mean: number, one: string): string {
  return count(mean < 10 ? Number(mean.toFixed(1)) : Math.round(mean), one);
}
