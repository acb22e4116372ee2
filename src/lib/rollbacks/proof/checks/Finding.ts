/** What one check comes to, before it is dated and named. */
import type { Json } from '../../../core/Json.js';
import type { CheckVerdict } from '../Proof.js';

export interface CheckFinding {
  readonly verdict: CheckVerdict;
  /** For people. */
  readonly sentence: string;
  readonly evidence: Json;
}

/** What follows from evidence alone: a receipt's reader comes to the same. */
export type Conclusion = Pick<CheckFinding, 'verdict' | 'sentence'>;

/** "a, b and 3 more". */
export function someOf(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
