// Records contract.json anew: the replies from the sandbox, the rest from the build. For a release, and where a change is meant.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const replies = join(root, '.cache', 'replies.json');
mkdirSync(join(root, '.cache'), { recursive: true });

run('node_modules/vitest/vitest.mjs', ['run', 'tests/e2e/contract'], { RECORD_REPLIES: replies });
run('dist/esm/cli.js', ['contract', 'record', '--replies', replies], {});

function run(program, args, env) {
  const { status } = spawnSync(process.execPath, [join(root, program), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (status !== 0) process.exit(status ?? 1);
}
