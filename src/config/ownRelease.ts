/** Which release of the bot this is, where nobody says so: the version in the package.json of the bot itself. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { z } from 'zod';

const versioned = z.object({ version: z.string().min(1).max(64) });

export interface Started {
  /** The program that was started, as `process.argv[1]` has it. */
  readonly program: string | undefined;
  readonly directory: string;
}

/**
 * The nearest package.json with a version, from the program's folder upwards; where a tool out of node_modules runs the bot,
 * from the working directory. `unknown` where there is none: every start is the same release then, and nothing is handed over.
 */
export function ownRelease(
  { program, directory }: Started = { program: process.argv[1], directory: process.cwd() },
): string {
  const isTool = program === undefined || program.split(sep).includes('node_modules');
  const places = isTool ? [directory] : [dirname(resolve(directory, program)), directory];
  for (const place of places) {
    const version = versionAbove(place);
    if (version !== undefined) return version;
  }
  return 'unknown';
}

function versionAbove(place: string): string | undefined {
  for (let folder = place; ; folder = dirname(folder)) {
    const version = versionIn(folder);
    if (version !== undefined || folder === dirname(folder)) return version;
  }
}

/** A package.json without a version is no bot's: builds leave such beside their files. */
function versionIn(folder: string): string | undefined {
  try {
    return versioned.safeParse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).data?.version;
  } catch {
    return undefined;
  }
}
