import { RolloutError } from '../../core/RolloutError.js';
import { Unavailable } from '../../state/errors.js';
import type { Breach, DeploymentDocument } from '../documents.js';
import type { Acting } from './ports.js';

export interface Acted {
  readonly isDone: boolean;
  /** One sentence. */
  readonly outcome: string;
}

/** Found, written down, and not acted upon yet: people who tell and people who are asked are told in the same commit. */
export function isWaiting({ action, outcome }: Breach): boolean {
  return outcome === null && action !== 'tell' && action !== 'ask';
}

/**
 * Does what the policy says. Refusals are an outcome, for people to read; a store that is away is none: it is tried again.
 *
 * @throws Unavailable
 */
export async function act(document: DeploymentDocument, breach: Breach, acting: Acting): Promise<Acted> {
  const reason = `Deployment ${document.version}: ${breach.sentence}`.slice(0, 500);
  if (breach.action === 'rollback') return outcomeOf([() => acting.rollback(document, reason)]);
  const isGradual = breach.action === 'gradual-rollback';
  return outcomeOf(
    breach.flags.map((flag) => () => (isGradual ? acting.gradual(flag, reason) : acting.pause(flag, reason))),
  );
}

async function outcomeOf(moves: readonly (() => Promise<string>)[]): Promise<Acted> {
  const said: string[] = [];
  let isDone = true;
  for (const move of moves) {
    try {
      said.push(await move());
    } catch (error) {
      if (!(error instanceof RolloutError) || error instanceof Unavailable) throw error;
      isDone = false;
      said.push(`Not done: ${error.message}${error.next === undefined ? '' : ` ${error.next}`}`);
    }
  }
  return { isDone, outcome: said.join(' ') };
}
