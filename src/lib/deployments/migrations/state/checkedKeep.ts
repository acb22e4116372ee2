/** The five checks as the last thing before documents are moved: under the same lease, on the same snapshot. */
import { StateMigrationFailed } from '../errors.js';
import { validateState, type KeptState, type StateValidation } from './validateState.js';

/**
 * @returns the snapshot that the checks took, to go back to
 * @throws {StateMigrationFailed} in the words of the first check that did not pass; nothing was changed
 */
export async function checkedKeep(validation: StateValidation): Promise<KeptState> {
  let kept: KeptState | undefined;
  const keep = async (): Promise<KeptState> => (kept = await validation.keep());
  const { checks } = await validateState({ ...validation, keep });
  const wrong = checks.find(({ verdict }) => verdict !== 'passed');
  if (wrong === undefined && kept !== undefined) return kept;
  const { name = 'backup', sentence = '', evidence = [] } = wrong ?? {};
  throw new StateMigrationFailed(`The check "${name}" did not pass. ${[sentence, ...evidence].join(' ')}`, {
    next: 'Nothing was changed. npx rollouts migrate state validate says all of it.',
  });
}
