/** What is written for people: the documents, and what their commands and code show. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const documents: readonly string[] = [
  'README.md',
  ...['docs', 'examples'].flatMap((folder) => filesIn(folder, '.md')),
];

/** Below a folder, with this ending. */
export function filesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

/** The lines of the blocks of code of a document, and what stands in backticks elsewhere. */
export function codeIn(document: string): {
  readonly lines: readonly string[];
  readonly inline: readonly string[];
} {
  const text = readFileSync(document, 'utf8');
  const fence = /```[^\n]*\n([\s\S]*?)```/g;
  return {
    lines: [...text.matchAll(fence)].flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n')),
    inline: [...text.replaceAll(fence, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code),
  };
}
