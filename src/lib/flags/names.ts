/** What flags and cohorts may be called, and how far people may write. */
import { BadName, BadValue } from './errors.js';

const pattern = /^[a-z0-9][a-z0-9_-]{0,63}$/;

export const longestText = 500;

export function checkName(name: string): string {
  if (!pattern.test(name)) throw new BadName(name.length > 80 ? `${name.slice(0, 80)}…` : name);
  return name;
}

/** A reason, a description, an owner. `what` begins the sentence: `The reason`. */
export function checkText(what: string, text: string): string {
  const length = [...text].length;
  if (length > longestText) {
    throw new BadValue(`${what} has ${length} characters; ${longestText} is the most.`, {
      next: 'Say it shorter, or link to the long version.',
    });
  }
  return text;
}
