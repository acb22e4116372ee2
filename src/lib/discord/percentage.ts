/** A share of guilds as people type it. */
import { RolloutError } from '../core/RolloutError.js';

export class BadPercentage extends RolloutError {
  public readonly code = 'BAD_PERCENTAGE';
}

const next = 'Give a number from 0 to 100 with at most two decimals, such as 25, 0.5 or 12.25.';

/**
 * `25`, `25%`, `0.01 %` or `0,5` -> hundredths of a percent, 0…10000. Throws {@link BadPercentage} rather than guess or round:
 * a wrong share reaches real people.
 */
export function parsePercentage(typed: string): number {
  const text = typed.trim();
  const match = /^([+-]?)(\d+)(?:[.,](\d+))?\s*%?$/.exec(text);
  if (match === null) throw new BadPercentage(`"${text}" is no percentage.${hint(text)}`, { next });
  const [, sign, whole = '0', decimals = ''] = match;
  if (/[1-9]/.test(decimals.slice(2)))
    throw new BadPercentage(`${text} is finer than 0.01 %, the smallest step there is.`, { next });
  const basisPoints = Number(whole) * 100 + Number(decimals.slice(0, 2).padEnd(2, '0'));
  if (basisPoints > 10_000 || (sign === '-' && basisPoints > 0))
    throw new BadPercentage(`${text} is outside 0 to 100 %.`, { next });
  return basisPoints;
}

/** People write `true` where they mean everyone, and the other way round; neither is taken for a number. */
function hint(text: string): string {
  if (/^(true|on|yes|all|everyone)$/i.test(text))
    return ' To turn the flag on for everyone, leave the percentage out.';
  if (/^(false|off|no|none)$/i.test(text)) return ' To turn the flag off, use /feature disable.';
  return '';
}

/** 2500 -> `25 %`, 1 -> `0.01 %`. */
export function showPercentage(basisPoints: number): string {
  return `${basisPoints / 100} %`;
}
