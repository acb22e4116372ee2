import { readFile } from 'node:fs/promises';
import { RolloutError } from '../lib/core/RolloutError.js';

/** A file that was named is not there, or may not be read. */
export class FileUnreadable extends RolloutError {
  public readonly code = 'FILE_UNREADABLE';
}

/** @throws {FileUnreadable} */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const why = isMissing ? 'does not exist' : `cannot be read: ${(cause as Error).message}`;
    throw new FileUnreadable(`${file} ${why}.`, { next: 'Check its name and where you are.', cause });
  }
}
