/** The choices among a flag's facts, as Discord hands them over: text that was checked against the choices by nobody but Discord. */
import type { ChatInputCommandInteraction } from 'discord.js';
import { betaModes, flagKinds, type BetaMode, type FlagKind } from '../../lib/flags/documents.js';
import { readText } from '../options.js';

type Options = ChatInputCommandInteraction['options'];

export const readKind = (options: Options): FlagKind | undefined => one(flagKinds, readText(options, 'kind'));

export const readBetaMode = (options: Options): BetaMode | undefined =>
  one(betaModes, readText(options, 'beta'));

function one<T extends string>(choices: readonly T[], value: string | undefined): T | undefined {
  return choices.find((choice) => choice === value);
}
