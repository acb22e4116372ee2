/** What of a command line only a shell would understand. Nothing here runs one. */

const operators: Readonly<Record<string, string>> = {
  '|': 'a pipe',
  ';': 'a second command after ;',
  '>': 'output into a file',
  '<': 'input from a file',
  '(': 'a subshell',
  ')': 'a subshell',
  '`': 'a command within a command',
  '*': 'a pattern of file names',
  '?': 'a pattern of file names',
  '[': 'a pattern of file names',
  '{': 'a list in braces',
  '}': 'a list in braces',
  '#': 'a comment',
  '\n': 'a second line',
};

export interface ShellOnly {
  /** As it stands there: `|`, `$HOME`, `$(`. */
  readonly what: string;
  /** In words: `a pipe`. */
  readonly name: string;
}

/** The first thing that needs a shell, with regard to quotes; undefined where there is none. */
export function findShellOnly(line: string): ShellOnly | undefined {
  let quote: '"' | "'" | undefined;
  for (let index = 0; index < line.length; index++) {
    const char = line.charAt(index);
    if (quote === "'") {
      if (char === "'") quote = undefined;
      continue;
    }
    if (char === '\\') {
      if (['\n', ''].includes(line.charAt(index + 1))) return { what: '\\', name: 'a second line' };
      index++;
      continue;
    }
    if (char === quote) {
      quote = undefined;
      continue;
    }
    const found = quote === undefined ? bare(line, index) : substituted(line, index);
    if (found !== undefined) return found;
    if (quote === undefined && (char === '"' || char === "'")) quote = char;
    // The second & of && is read with the first.
    if (quote === undefined && char === '&') index++;
  }
  if (quote !== undefined) return { what: quote, name: 'a quote that is never closed' };
  return undefined;
}

function bare(line: string, index: number): ShellOnly | undefined {
  const char = line.charAt(index);
  const atStart = index === 0 || /\s/.test(line.charAt(index - 1));
  if (char === '&')
    return line.charAt(index + 1) === '&' ? undefined : { what: '&', name: 'a command in the background' };
  if (char === '|' && line.charAt(index + 1) === '|')
    return { what: '||', name: 'a command for the case of failure' };
  if (char === '~' && atStart) return { what: '~', name: 'the home folder' };
  const name = operators[char];
  return name === undefined
    ? substituted(line, index)
    : { what: char === '\n' ? 'a line break' : char, name };
}

/** What a shell replaces in double quotes, too. */
function substituted(line: string, index: number): ShellOnly | undefined {
  const rest = line.slice(index);
  if (rest.startsWith('`')) return { what: '`', name: 'a command within a command' };
  if (rest.startsWith('$(')) return { what: '$(', name: 'a command within a command' };
  if (/^\$['"]/.test(rest)) return { what: '$', name: 'a quote of another kind' };
  const variable = /^\$(\{[^}]*\}?|\w+|[@*#?$!-])/.exec(rest)?.[0];
  return variable === undefined ? undefined : { what: variable, name: 'a variable' };
}
