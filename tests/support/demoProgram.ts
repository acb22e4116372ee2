/** The demo bot as a program of its own, to be started several times and killed at any line. */
import { copyFile, readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { childModule, type ChildModule } from './child.js';

const scripts = resolve('src/lib/state/redis');

export async function demoProgram(): Promise<ChildModule> {
  const program = await childModule(resolve('src/demo.ts'));
  // Beside the program, where the modules that are in it now look for them.
  for (const name of (await readdir(scripts)).filter((one) => one.endsWith('.lua')))
    await copyFile(join(scripts, name), join(dirname(program.file), name));
  return program;
}
