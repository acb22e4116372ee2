/** The browser for the page's tests: the machine's own Chromium, or Debian's where it can be installed. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function installed(): string | undefined {
  return [process.env['CHROMIUM_PATH'] ?? '', ...places].find((place) => place !== '' && existsSync(place));
}

function install(): void {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return;
  process.stderr.write('Installing chromium for the tests of the page (apt-get)…\n');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    spawnSync('apt-get', args, { env: environment, stdio: 'ignore' });
  }
}

/**
 * The path of a Chromium, or undefined where there is none; that is said aloud, and is an error where `CI` is set:
 * there, tests that did not run would look like tests that passed.
 */
export function findChromium(): string | undefined {
  if (installed() === undefined) install();
  const found = installed();
  if (found !== undefined) return found;
  const words =
    'The tests of the page need Chromium and there is none. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.';
  if (process.env['CI'] === 'true') throw new Error(words);
  process.stderr.write(`\n!!! SKIPPED: ${words}\n\n`);
  return undefined;
}

/** A fresh profile, and nothing of its own on the network. */
export function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: quiet });
}
