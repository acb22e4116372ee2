/** Notices another sandbox on the same data folder: both work, but they share one state and one of the two acts on it. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const mark = z.object({ pid: z.number().int(), url: z.string() });
export type Neighbour = z.output<typeof mark>;

const fileIn = (dataDir: string): string => join(dataDir, 'sandbox.json');

/** The sandbox that runs on this folder already, if one does. */
export async function findNeighbour(dataDir: string): Promise<Neighbour | undefined> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const found = parse(text);
  return found && found.pid !== process.pid && isAlive(found.pid) ? found : undefined;
}

/** Says that a sandbox runs here; the answer takes it back. */
export async function leaveMark(dataDir: string, url: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(fileIn(dataDir), JSON.stringify({ pid: process.pid, url }));
  return () => rm(fileIn(dataDir), { force: true });
}

/** A mark that was cut short by a crash counts as none. */
function parse(text: string): Neighbour | undefined {
  try {
    return mark.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
