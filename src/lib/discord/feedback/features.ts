/** What people can say something about: every active flag, and something else. */
import { RolloutError } from '../../core/RolloutError.js';
import type { FlagDocument } from '../../flags/documents.js';
import { UnknownFlag } from '../../flags/errors.js';
import type { FlagsRoom, Suggestion } from '../../flags/FlagsRoom.js';
import { somethingElse, type Voice } from '../../health/feedback/Feedback.js';

const isElse = (typed: string): boolean => typed.trim().toLowerCase() === somethingElse;

/** Best match first; something else is always among them. */
export function suggestFeatures(flags: FlagsRoom, typed: string): readonly Suggestion[] {
  const matches = isElse(typed) ? [] : flags.suggestFlags(typed.trim()).slice(0, 24);
  return [...matches, { name: somethingElse, value: somethingElse }];
}

/** What was typed is no feature. Said to members, who have no commands of the staff to look flags up with. */
export class UnknownFeature extends RolloutError {
  public readonly code = 'UNKNOWN_FEATURE';

  public constructor(typed: string, cause: UnknownFlag) {
    const [near] = cause.suggestions;
    super(`There is no feature called "${typed}".`, {
      next: `${near === undefined ? '' : `Did you mean ${near}? `}Pick one from the list that appears while you type, or "${somethingElse}".`,
      cause,
    });
  }
}

/** Throws {@link UnknownFeature}. */
export function featureNamed(flags: FlagsRoom, typed: string): string {
  if (isElse(typed)) return somethingElse;
  const flag = flagNamed(flags, typed.trim());
  // To the people out there an archived flag is no feature any more: what they mean is something else.
  return flag.archived === null ? flag.key : somethingElse;
}

function flagNamed(flags: FlagsRoom, name: string): FlagDocument {
  try {
    return flags.flag(name);
  } catch (error) {
    if (error instanceof UnknownFlag) throw new UnknownFeature(name, error);
    throw error;
  }
}

/** The arm is what the guild is served at this moment. */
export function voiceOf(
  flags: FlagsRoom,
  feature: string,
  said: { readonly guild: string; readonly user: string; readonly text: string },
): Voice {
  const isOn = feature !== somethingElse && flags.isEnabled(feature, said.guild);
  return { feature, arm: isOn ? 'canary' : 'control', ...said };
}
