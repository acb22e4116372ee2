#!/usr/bin/env node
/** `npx rollouts`: the built command line. Stands in the source, too, so that npm has something to link before the first build. */
import { existsSync } from 'node:fs';

const cli = new URL('../dist/esm/cli.js', import.meta.url);

if (existsSync(cli)) {
  await import(cli.href);
} else {
  console.error(
    'The command line is not built here: there is no dist/esm/cli.js. Run "npm run build" (after "npm ci"), then try again.',
  );
  process.exitCode = 2;
}
