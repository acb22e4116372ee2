import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { readCommand } from '../../../../../src/lib/deployments/gate/command/readCommand.js';

function wordsOf(line: string) {
  const read = readCommand(line);
  if (!read.ok) throw new Error(read.problem);
  return read.sequence;
}

function problemOf(line: string): string {
  const read = readCommand(line);
  if (read.ok) throw new Error(`${line} was taken: ${JSON.stringify(read.sequence)}`);
  return read.problem;
}

describe('a command line', () => {
  it('is split into words as a shell would', () => {
    expect(wordsOf('pytest tests/unit/ -v --cov=tux --cov-report=xml')).toEqual([
      ['pytest', 'tests/unit/', '-v', '--cov=tux', '--cov-report=xml'],
    ]);
    expect(wordsOf(`run "two words" 'it is' a\\ b "" -k "not slow"`)).toEqual([
      ['run', 'two words', 'it is', 'a b', '', '-k', 'not slow'],
    ]);
  });

  it('is a sequence where it says &&', () => {
    expect(wordsOf('bandit -r tux/ && safety check&&a')).toEqual([
      ['bandit', '-r', 'tux/'],
      ['safety', 'check'],
      ['a'],
    ]);
  });

  it('takes as they stand all characters that are quoted', () => {
    expect(wordsOf(`vitest -t "a|b; c > d & *" '$HOME \`id\` $(id)' "\\$HOME"`)).toEqual([
      ['vitest', '-t', 'a|b; c > d & *', '$HOME `id` $(id)', '$HOME'],
    ]);
  });

  it.each([
    ['a | b', 'a pipe (|)'],
    ['a || b', 'a command for the case of failure (||)'],
    ['a; b', 'a second command after ; (;)'],
    ['a\nb', 'a second line'],
    ['a\\\nb', 'a second line'],
    ['a \\', 'a second line'],
    ['a &', 'a command in the background (&)'],
    ['a &&& b', 'a command in the background (&)'],
    ['a > b', 'output into a file (>)'],
    ['a 2>&1', 'output into a file (>)'],
    ['a < b', 'input from a file (<)'],
    ['a <<EOF', 'input from a file (<)'],
    ['a $(id)', 'a command within a command ($()'],
    ['a "$(id)"', 'a command within a command ($()'],
    ['a `id`', 'a command within a command (`)'],
    ['a "`id`"', 'a command within a command (`)'],
    ['(a)', 'a subshell (()'],
    ['a $HOME', 'a variable ($HOME)'],
    ['a "${HOME}"', 'a variable (${HOME})'],
    ['a ${', 'a variable (${)'],
    ["a $'x'", 'a quote of another kind'],
    ['a *.ts', 'a pattern of file names (*)'],
    ['a ?', 'a pattern of file names (?)'],
    ['a [ab]', 'a pattern of file names ([)'],
    ['a {b,c}', 'a list in braces ({)'],
    ['a ~/b', 'the home folder (~)'],
    ['a # b', 'a comment (#)'],
    ['CI=1 a', 'begins with a variable (CI=1)'],
    ['cd tests && a', 'name the folder under cwd'],
    ['! a', 'which only a shell knows'],
  ])('is refused where only a shell could follow it: %s', (line, problem) => {
    expect(problemOf(line)).toContain(problem);
  });

  it('says what to do instead', () => {
    expect(problemOf('a | b')).toContain('put it into a script and name the script here');
    expect(problemOf('a *.ts')).toContain('quote it if it is meant as it stands');
  });

  it.each(['', '   ', '&& a', 'a &&', 'a && && b', '""'])(
    'needs a program on either side of &&: "%s"',
    (line) => {
      expect(problemOf(line)).toContain('expected a program and its arguments');
    },
  );

  it.each(['a "b', "it's"])('with a quote that is never closed is refused: %s', (line) => {
    expect(problemOf(line)).toContain('never closed');
  });

  it('comes to the words that a shell would be given for them, whatever they are', () => {
    const word = fc.string({ unit: 'grapheme-ascii', minLength: 1 }).filter((text) => !text.includes('='));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const line = ['program', ...words].map((text) => `'${text.replaceAll("'", `'\\''`)}'`).join(' ');
        expect(wordsOf(line)).toEqual([['program', ...words]]);
      }),
    );
  });
});
