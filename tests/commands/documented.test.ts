/** Whatever is written of slash commands can be typed: in the documents, and in what the bot itself tells people to type. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ownCommands } from '../../src/cli/contract/ownCommands.js';
import { codeIn, documents, filesIn } from '../support/texts.js';

interface Option {
  readonly name: string;
  /** 1: a subcommand. */
  readonly type: number;
  readonly options?: readonly Option[];
}

const commands = new Map(
  (
    ownCommands() as unknown as readonly { readonly name: string; readonly options?: readonly Option[] }[]
  ).map(({ name, options = [] }) => [name, options]),
);
const subcommandsOf = (command: string): readonly string[] =>
  (commands.get(command) ?? []).filter(({ type }) => type === 1).map(({ name }) => name);

/** What is wrong with `/deploy start version:1.4.0`; undefined where nothing is. */
function wrongWith(text: string): string | undefined {
  const [command = '', ...words] = text.slice(1).split(/\s+/);
  let options = commands.get(command);
  if (options === undefined) return `there is no /${command}`;
  const subcommands = subcommandsOf(command);
  const [first = ''] = words;
  if (subcommands.length > 0 && first !== '') {
    const subcommand = options.find(({ name }) => name === first);
    if (subcommand === undefined) return `there is no /${command} ${first}`;
    options = subcommand.options ?? [];
  }
  const known = new Set(options.map(({ name }) => name));
  return [...text.matchAll(/ ([a-z-]+):/g)].map(([, name = '']) => name).find((name) => !known.has(name));
}

/** `/livez` and `/hooks/github` are addresses. */
const isCommand = (code: string): boolean =>
  /^\/[a-z]+( [\w-]+)?( [a-z-]+:.*)?$/.test(code) &&
  !/^\/(livez|readyz|metrics|hello|hook|shout|greet)\b/.test(code);

describe('what is written of slash commands', () => {
  it.each(documents)('can be typed: %s', (document) => {
    const { lines, inline } = codeIn(document);
    const typed = [...inline, ...lines.map((line) => line.split(/ {2,}/)[0] ?? '')].filter(isCommand);
    expect(typed.flatMap((text) => (wrongWith(text) === undefined ? [] : [text]))).toEqual([]);
  });

  it('can be typed where the bot says it', () => {
    const named = new RegExp(`(?<![\\w/.])/(${[...commands.keys()].join('|')}) ([a-z-]+)`, 'g');
    const prose =
      /^(that|would|share|shows|says|has|is|and|or|of|what|in|does|with|without|to|the|for|a|do|as)$/;
    const wrong = filesIn('src', '.ts').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(named)].flatMap(([text, command = '', word = '']) =>
        subcommandsOf(command).length === 0 || subcommandsOf(command).includes(word) || prose.test(word)
          ? []
          : [`${file}: ${text}`],
      ),
    );
    expect(wrong).toEqual([]);
  });
});
