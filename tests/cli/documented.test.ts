/** Whatever is written of `npx rollouts` can be typed: every command and every option is there. */
import { CommanderError, type Command } from 'commander';
import { parse } from 'shell-quote';
import { expect, it } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import { codeIn, documents } from '../support/texts.js';

/** Nothing is run: what is asked for is only understood. */
const program = (): Command =>
  buildProgram(
    {
      environment: {},
      out: () => undefined,
      err: () => undefined,
      ask: () => Promise.resolve(undefined),
      now: () => 0,
    },
    () => Promise.resolve(),
  );

/** Each of one line: `npx rollouts gate … && npx rollouts deploy …` are two. */
function commandsIn(line: string): readonly (readonly string[])[] {
  const words = parse(line, (name) => `$${name}`).map((word) => (typeof word === 'string' ? word : '\n'));
  return words
    .join('\0')
    .split(/\0?\n\0?/)
    .map((part) => part.split('\0'))
    .flatMap((part) => {
      const at = part.indexOf('rollouts');
      return at >= 0 && (at === 0 || part[at - 1] === 'npx') ? [part.slice(at + 1)] : [];
    });
}

const all = documents.flatMap((document) => {
  const { lines, inline } = codeIn(document);
  const of = (texts: readonly string[]) =>
    texts.filter((text) => text.includes('rollouts ')).flatMap((text) => commandsIn(text));
  return [{ document, lines: of(lines), inline: of(inline) }];
});

it.each(all.filter(({ lines }) => lines.length > 0))(
  'every command line in $document is taken as it stands',
  async ({ lines }) => {
    for (const words of lines) {
      const refusal = await program()
        .parseAsync([...words], { from: 'user' })
        .then(() => undefined)
        .catch((error: unknown) => (error instanceof CommanderError ? error.message : error));
      expect(refusal, words.join(' ')).toBeUndefined();
    }
  },
);

it.each(all.filter(({ inline }) => inline.length > 0))(
  'every command that $document speaks of is there, with its options',
  ({ inline }) => {
    for (const words of inline) {
      let at = program();
      for (const word of words) at = at.commands.find((one) => one.name() === word) ?? at;
      expect(at.parent, words.join(' ')).not.toBeNull();
      const known = at.options.flatMap(({ long, short }) => [long, short]);
      expect(
        words.filter((word) => word.startsWith('--') && !known.includes(word)),
        words.join(' '),
      ).toEqual([]);
    }
  },
);

it('finds something to look at', () => {
  expect(all.flatMap(({ lines }) => lines).length).toBeGreaterThan(10);
  expect(all.flatMap(({ inline }) => inline).length).toBeGreaterThan(10);
});
