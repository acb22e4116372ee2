import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { assertNoExpiredDeprecations } from 'sapphire-plugin-rollouts';
// What is not loaded is not checked.
import '../src/commands/hello.js';
import '../src/greetings/index.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

test('nothing outlives its removal', () => {
  assertNoExpiredDeprecations({ version });
});
