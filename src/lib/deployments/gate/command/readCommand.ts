/** A stage's command line, as words: split as a shell would, but never given to one. */
import parse from 'shell-quote/parse.js';
import type { ArgumentVector } from '../../file/DeploymentsFile.js';
import { findShellOnly, type ShellOnly } from './unquoted.js';

export type ReadCommand =
  | {
      readonly ok: true;
      /** Run one after the other, as long as each ends well: what `&&` means. */
      readonly sequence: readonly ArgumentVector[];
    }
  | {
      readonly ok: false;
      /** What is wrong and what would be right, to be read after the place in the file. */
      readonly problem: string;
    };

const inScript = 'put it into a script and name the script here';

export function readCommand(text: string): ReadCommand {
  const line = text.trim();
  const shellOnly = findShellOnly(line);
  if (shellOnly !== undefined) return { ok: false, problem: problemOf(shellOnly) };
  const sequence: string[][] = [[]];
  for (const entry of parse(line)) {
    if (typeof entry === 'string') sequence.at(-1)?.push(entry);
    else if ('op' in entry && entry.op === '&&') sequence.push([]);
    else return { ok: false, problem: `only a shell understands this command; ${inScript}` };
  }
  const vectors = sequence.filter(isVector);
  if (vectors.length < sequence.length)
    return {
      ok: false,
      problem:
        'expected a program and its arguments on either side of &&, for example npm run lint && npm test',
    };
  const odd = vectors.map(([program]) => program).find((program) => oddProgram(program) !== undefined);
  if (odd !== undefined) return { ok: false, problem: oddProgram(odd) ?? '' };
  return { ok: true, sequence: vectors };
}

function isVector(words: string[]): words is [string, ...string[]] {
  return words.length > 0 && words[0] !== '';
}

function problemOf({ what, name }: ShellOnly): string {
  if (name.startsWith('a quote that is never')) return `the command has ${name}; expected another ${what}`;
  const fix = /pattern|braces|comment|quote/.test(name)
    ? `quote it if it is meant as it stands, else ${inScript}`
    : name === 'a variable'
      ? `write its value, list it under env, or ${inScript}`
      : inScript;
  return `the command has ${name} (${what}), and no shell runs it; ${fix}`;
}

/** A shell reads some first words otherwise than as a program. */
function oddProgram(program: string): string | undefined {
  if (/^[A-Za-z_]\w*=/.test(program))
    return `the command begins with a variable (${program}), and no shell runs it; ${inScript}`;
  if (
    ['!', 'cd', 'export', 'source', '.', 'exec', 'eval', 'set', 'alias', 'ulimit', 'umask'].includes(program)
  )
    return program === 'cd'
      ? 'the command begins with cd, which only a shell knows; name the folder under cwd'
      : `the command begins with ${program}, which only a shell knows; ${inScript}`;
  return undefined;
}
