/** A slash command while it is being typed: which options are open and what stands in them. Pure; the composer draws it. */
import {
  ApplicationCommandOptionType as Type,
  type APIApplicationCommandBasicOption,
} from 'discord-api-types/v10';
import type { PageOptions } from '../../pageApi.js';
import type { TypedCommand } from './commands.js';

export interface DraftField {
  readonly option: APIApplicationCommandBasicOption;
  /** What the person sees in the field. */
  readonly text: string;
  /** What is sent where that differs: a choice's value, an id, a truth value. */
  readonly value?: string | number | boolean;
}

export interface Draft {
  readonly command: TypedCommand;
  readonly fields: readonly DraftField[];
}

/** Every required option is open from the start. */
export function startDraft(command: TypedCommand): Draft {
  return {
    command,
    fields: command.options
      .filter(({ required }) => required === true)
      .map((option) => ({ option, text: '' })),
  };
}

/** Options that can still be opened. */
export function closedOptions(draft: Draft): APIApplicationCommandBasicOption[] {
  return draft.command.options.filter(
    (option) => !draft.fields.some((field) => field.option.name === option.name),
  );
}

export function openOption(draft: Draft, name: string): Draft {
  const option = closedOptions(draft).find((closed) => closed.name === name);
  return option ? { ...draft, fields: [...draft.fields, { option, text: '' }] } : draft;
}

/** Required options stay. */
export function closeOption(draft: Draft, name: string): Draft {
  return {
    ...draft,
    fields: draft.fields.filter((field) => field.option.name !== name || field.option.required === true),
  };
}

export function fill(draft: Draft, name: string, text: string, value?: DraftField['value']): Draft {
  return {
    ...draft,
    fields: draft.fields.map((field) =>
      field.option.name === name
        ? { option: field.option, text, ...(value === undefined ? {} : { value }) }
        : field,
    ),
  };
}

/** Option names may hold `-`, `'` and letters of any script; nothing of that means anything in a pattern, but a bot's name is not ours to trust. */
function escapeForPattern(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

interface Filled {
  readonly draft: Draft;
  /** The text before the first option's name. */
  readonly rest: string;
  /** The option named last. */
  readonly last: string | undefined;
}

/** Reads `name:value other:some words`; a word and colon that is none of `names` belongs to the value. */
function readNamed(draft: Draft, text: string, names: readonly string[]): Filled {
  const longestFirst = [...names].sort((a, b) => b.length - a.length).map(escapeForPattern);
  const pattern = new RegExp(`(?:^|\\s)(${longestFirst.join('|')}):\\s*`, 'g');
  const starts = names.length === 0 ? [] : [...text.matchAll(pattern)];
  const filled = starts.reduce((result, start, at) => {
    const name = start[1] ?? '';
    const value = text.slice(start.index + start[0].length, starts[at + 1]?.index ?? text.length).trim();
    return fill(openOption(result, name), name, value);
  }, draft);
  return { draft: filled, rest: text.slice(0, starts[0]?.index ?? text.length), last: starts.at(-1)?.[1] };
}

/** Reads what was pasted or typed outside of any field. */
export function fillFromText(draft: Draft, text: string): Filled {
  return readNamed(
    draft,
    text,
    draft.command.options.map(({ name }) => name),
  );
}

/**
 * Types into a field. The name and colon of an option that has no value yet goes on to that option, as in Discord's client;
 * `at` is the field where the cursor then belongs.
 */
export function typeInto(draft: Draft, field: string, text: string): { draft: Draft; at: string } {
  const own = text.startsWith(`${field}:`) ? text.slice(field.length + 1).trimStart() : text;
  const isEmpty = (name: string) =>
    !draft.fields.some(({ option, text: value }) => option.name === name && value.trim() !== '');
  const names = draft.command.options
    .map(({ name }) => name)
    .filter((name) => name !== field && isEmpty(name));
  const { draft: filled, rest, last } = readNamed(draft, own, names);
  return last === undefined
    ? { draft: fill(draft, field, own), at: field }
    : { draft: fill(filled, field, rest.trim()), at: last };
}

const numeric = new Set<Type>([Type.Integer, Type.Number]);

/** The value as Discord's client would send it, or a sentence on what is wrong with it. */
function valueOf({
  option,
  text,
  value,
}: DraftField): { value: string | number | boolean } | { problem: string } {
  if (value !== undefined) return { value };
  const typed = text.trim();
  if (option.type === Type.Boolean) {
    const truth = /^(true|false)$/i.exec(typed)?.[0].toLowerCase();
    return truth === undefined
      ? { problem: `${option.name} is True or False.` }
      : { value: truth === 'true' };
  }
  if (numeric.has(option.type)) {
    const number = Number(typed);
    const whole = option.type === Type.Integer;
    if (!Number.isFinite(number) || (whole && !Number.isInteger(number))) {
      return { problem: `${option.name} is a ${whole ? 'whole number' : 'number'}.` };
    }
    return { value: number };
  }
  if ('choices' in option && option.choices && option.choices.length > 0) {
    const choice = option.choices.find(({ name }) => name.toLowerCase() === typed.toLowerCase());
    return choice
      ? { value: choice.value }
      : { problem: `${option.name} is one of: ${option.choices.map(({ name }) => name).join(', ')}.` };
  }
  if (option.type !== Type.String) return { problem: `Choose ${option.name} from the list.` };
  return { value: typed };
}

/** All options of the draft to send, or the first problem and the option it is about. */
export function optionsOf(draft: Draft): { options: PageOptions } | { problem: string; name: string } {
  const options: Record<string, string | number | boolean> = {};
  for (const field of draft.fields) {
    const { name, required } = field.option;
    if (field.text.trim() === '') {
      if (required === true) return { problem: `${name} is required.`, name };
      continue;
    }
    const read = valueOf(field);
    if ('problem' in read) return { problem: read.problem, name };
    options[name] = read.value;
  }
  return { options };
}

/** Values for the bot's autocomplete: what can be read so far, and the focused option as typed. */
export function partialOptions(draft: Draft, focused: string): PageOptions {
  const options: Record<string, string | number | boolean> = {};
  for (const field of draft.fields) {
    const read = valueOf(field);
    if (field.option.name === focused) options[focused] = field.text;
    else if (field.text.trim() !== '' && 'value' in read) options[field.option.name] = read.value;
  }
  return options;
}
