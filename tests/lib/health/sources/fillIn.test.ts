import { expect, test } from 'vitest';
import { fillIn } from '../../../../src/lib/health/sources/fillIn.js';

const span = { from: 0, to: 900_000 };

test('arm, flag and window are filled in, and nothing else', () => {
  expect(fillIn('a{arm="$arm",f="$flag",x=~"b$"}[$window] $armed', { flag: 'f1', arm: 'canary', span })).toBe(
    'a{arm="canary",f="f1",x=~"b$"}[900s] $armed',
  );
});

test('what is filled in cannot end the text that it stands in', () => {
  expect(fillIn('a{f="$flag"}', { flag: 'x"} or up{a="', span })).toBe('a{f="x\\"} or up{a=\\""}');
});

test('a window is never empty', () => {
  expect(fillIn('[$window]', { flag: 'f', span: { from: 5, to: 5 } })).toBe('[1s]');
});
