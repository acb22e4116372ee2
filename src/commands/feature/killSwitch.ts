/** One flag or everything: `kill` and `unkill` ask the same question. */
import type { ChatInputCommandInteraction } from 'discord.js';
import { readText } from '../options.js';
import { MissingOption, TooManyOptions } from '../target.js';

/** The flag's name, or `everything`. Throws where neither or both were given: nobody should hit everything by leaving a field empty. */
export function readKillTarget(
  options: ChatInputCommandInteraction['options'],
): { readonly flag: string } | 'everything' {
  const flag = readText(options, 'name');
  const everything = options.getBoolean('everything') ?? false;
  if (flag !== undefined && everything)
    throw new TooManyOptions('Both a flag and everything were given.', { next: 'Give one of the two.' });
  if (flag === undefined && !everything)
    throw new MissingOption('Neither a flag nor everything was given.', {
      next: 'Give the name of a flag, or everything:True for all of them.',
    });
  return flag === undefined ? 'everything' : { flag };
}
