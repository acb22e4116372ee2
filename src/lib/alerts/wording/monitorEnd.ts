/** How the monitored hour ended: what was found, what is not well or not known at its end, and what is left to do. */
import type { CardField, Text, Tone } from '../Card.js';

export interface HourFacts {
  readonly tone: Extract<Tone, 'good' | 'warn' | 'bad'>;
  /** A sentence. */
  readonly found: string;
  /** Checks as people know them, each with its reason. */
  readonly notWell: readonly CheckSaid[];
  readonly unknown: readonly CheckSaid[];
  readonly hadBreaches: boolean;
}

interface CheckSaid {
  readonly check: string;
  readonly sentence: string;
}

/** What follows "Deployment 1.4.0 is complete". */
export function hourTitle({ notWell, unknown }: HourFacts): string {
  if (notWell.length > 0) return ', and not all is well';
  return unknown.length > 0 ? ', and not all is known' : '';
}

/** Nobody looks by itself any more: whatever is open is a person's from here on. */
export function hourTodo({ tone, notWell, unknown, hadBreaches }: HourFacts): Text {
  if (tone === 'bad') {
    return 'Look at what is not well, and roll back where people are harmed: nobody watches it from here on.';
  }
  if (notWell.length > 0) {
    return 'Look yourself whether it gets worse: nobody watches it from here on.';
  }
  if (hadBreaches) return 'It is over; find out what caused it before the next deployment.';
  return unknown.length > 0 ? 'Try by hand what could not be measured.' : 'Nothing.';
}

export function hourFields({ notWell, unknown }: HourFacts): readonly CardField[] {
  return [...field('Not well at its end', notWell), ...field('Not known', unknown)];
}

function field(name: string, said: readonly CheckSaid[]): readonly CardField[] {
  if (said.length === 0) return [];
  const value = said.flatMap(({ check, sentence }, at) => [
    ...(at === 0 ? [] : [{ br: true } as const]),
    { bold: check },
    `  ${sentence}`,
  ]);
  return [{ name, value }];
}
