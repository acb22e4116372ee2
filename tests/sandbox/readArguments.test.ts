import { expect, test } from 'vitest';
import { readArguments } from '../../src/sandbox/readArguments.js';
import { SandboxStartError } from '../../src/sandbox/settings.js';

test('without arguments people play; a scenario is named', () => {
  expect(readArguments([]).scenario).toBeUndefined();
  expect(readArguments(['--scenario', 'bad-canary']).scenario).toMatchObject({ ends: 'rolled back' });
  expect(readArguments(['--scenario=healthy-canary']).scenario).toMatchObject({ ends: 'completed' });
});

test('what is not understood is answered with what there is to write', () => {
  for (const args of [['--scenario', 'nothing'], ['--speed', '1'], ['bad-canary'], ['--scenario']]) {
    expect(() => readArguments(args)).toThrow(SandboxStartError);
    expect(() => readArguments(args)).toThrow(/--scenario bad-canary/);
  }
});
