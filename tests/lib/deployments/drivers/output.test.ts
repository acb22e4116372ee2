import fc from 'fast-check';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { LineSplitter } from '../../../../src/lib/deployments/drivers/LineSplitter.js';
import { run } from '../../../../src/lib/deployments/drivers/run.js';
import { Tail } from '../../../../src/lib/deployments/drivers/Tail.js';

it('the tail of a stream is its last bytes, however it comes in pieces', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 9 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      (pieces, bytes) => {
        const tail = new Tail(bytes);
        for (const piece of pieces) tail.add(Buffer.from(piece));
        expect(tail.text).toBe(Buffer.from(pieces.join('')).subarray(-bytes).toString('utf8'));
        // Asking does not change it.
        expect(tail.text).toBe(Buffer.from(pieces.join('')).subarray(-bytes).toString('utf8'));
      },
    ),
  );
});

it('lines are the same, however they come in pieces', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'ü', '\n', 'bc', '\r\n'), { maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      (parts, size) => {
        const whole = Buffer.from(parts.join(''));
        const split = (step: number): string[] => {
          const lines: string[] = [];
          const splitter = new LineSplitter((line) => lines.push(line));
          for (let at = 0; at < whole.length; at += step) splitter.add(whole.subarray(at, at + step));
          splitter.end();
          return lines;
        };
        expect(split(size)).toEqual(split(Math.max(1, whole.length)));
      },
    ),
  );
});

it('a file that is not executable is said to be none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'run-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'program');
  await writeFile(file, '');
  await chmod(file, 0o600);
  const signal = AbortSignal.timeout(15_000);
  await expect(run([file], { signal })).rejects.toThrow('could not be started: it is not executable');
  await expect(run([join(folder, 'none')], { signal })).rejects.toThrow('there is no such program');
});
