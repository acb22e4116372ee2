/** What people can say something about: every active flag, and something else. */
import type { FlagsRoom, Suggestion } from '../../flags/FlagsRoom.js';
import { somethingElse, type Voice } from '../../health/feedback/Feedback.js';

const isElse = (typed: string): boolean => typed.trim().toLowerCase() === somethingElse;

/** Best match first; something else is always among them. */
export function suggestFeatures(flags: FlagsRoom, typed: string): readonly Suggestion[] {
  const matches = isElse(typed) ? [] : flags.suggestFlags(typed.trim()).slice(0, 24);
  return [...matches, { name: somethingElse, value: somethingElse }];
}

/** Throws UnknownFlag with the nearest names. */
export function featureNamed(flags: FlagsRoom, typed: string): string {
  if (isElse(typed)) return somethingElse;
  const flag = flags.flag(typed.trim());
  // To the people out there an archived flag is no feature any more: what they mean is something else.
  return flag.archived === null ? flag.key : somethingElse;
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
