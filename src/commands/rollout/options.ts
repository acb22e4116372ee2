/** The options that the subcommands of /rollout share. */
import type { ChatInputCommandInteraction } from 'discord.js';
import { readText, text } from '../options.js';

/** A rollout by its id, or by its flag. */
export const rollout = text('rollout', 'The rollout: pick it, or type its id or its flag', {
  required: true,
  complete: (typed, { rollouts }) => rollouts.suggestRollouts(typed),
});

/** The same among those under way. */
export const openRollout = text('rollout', 'The rollout: pick it, or type its id or its flag', {
  required: true,
  complete: (typed, { rollouts }) => rollouts.suggestRollouts(typed, { isOpen: true }),
});

export const plan = (required: boolean) =>
  text('plan', 'The plan to follow; without it the built-in one', {
    required,
    complete: (typed, { rollouts }) => rollouts.suggestPlans(typed),
  });

export const readRollout = (options: ChatInputCommandInteraction['options']): string =>
  options.getString('rollout', true).trim();

export const readPlan = (options: ChatInputCommandInteraction['options']): string | undefined =>
  readText(options, 'plan');
