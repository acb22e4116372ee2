/** A flag's state in a sign and words: never by colour alone. */
import type { FlagDocument } from '../flags/documents.js';
import { showPercentage } from './percentage.js';

export interface StateInWords {
  readonly sign: string;
  readonly words: string;
}

export function stateOf(flag: FlagDocument): StateInWords {
  if (flag.archived !== null) return { sign: '🗄️', words: 'archived' };
  if (flag.killed !== null) return { sign: '🛑', words: 'killed' };
  if (!flag.enabled) return { sign: '⚫', words: 'disabled' };
  const gradually = flag.ceiling === null ? '' : ', being rolled back';
  if (flag.basisPoints === 10_000) return { sign: '🟢', words: `on for everyone${gradually}` };
  if (flag.basisPoints === 0) return { sign: '⚪', words: `on only by name (0 %)${gradually}` };
  return { sign: '🟡', words: `on for ${showPercentage(flag.basisPoints)}${gradually}` };
}

export function showState(flag: FlagDocument): string {
  const { sign, words } = stateOf(flag);
  return `${sign} ${words}`;
}
