// Finds PM2 for the tests: fetched from the registry once, beside the machine's temporary files. It is AGPL, and so no dependency
// of the package: it is run as a program and never imported.
import { execFile } from 'node:child_process';
import { access, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const version = '6.0.14';
const folder = join(tmpdir(), `pm2-${version}-for-tests-${process.getuid?.() ?? 0}`);
const bin = join(folder, 'node_modules', '.bin', 'pm2');

/** @type {Promise<string> | undefined} */
let found;

/**
 * Path of the program. Rejects, saying why, where it cannot be had.
 *
 * @returns {Promise<string>}
 */
export function pm2ForTests() {
  found ??= find();
  return found;
}

async function find() {
  if (await exists(bin)) return bin;
  const fresh = await mkdtemp(`${folder}-`);
  try {
    const args = [
      'install',
      '--prefix',
      fresh,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      `pm2@${version}`,
    ];
    await run('npm', args, { timeout: 120_000 });
    // Whoever comes second keeps what the first one fetched.
    await rename(fresh, folder).catch(async (error) => {
      if (!(await exists(bin))) throw error;
    });
    return bin;
  } catch (error) {
    const [why] = String(error.stderr || error.message)
      .trim()
      .split('\n');
    throw new Error(`No PM2 for the tests: npm install pm2@${version} did not succeed. ${why}`, {
      cause: error,
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
