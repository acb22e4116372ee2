import { runSmokeTests } from '../../lib/discord/smoke/runFlow.js';
import { BadValue } from '../../lib/flags/errors.js';
import type { SubcommandDefinition } from '../definition.js';
import { readReason, readText, reason, text } from '../options.js';

const suggest = (all: readonly string[], typed: string) =>
  all.filter((name) => name.includes(typed.trim())).map((name) => ({ name, value: name }));

export const run: SubcommandDefinition = {
  name: 'run',
  description: 'Run smoke tests: each once, with its time, and why where it fails',
  needs: 'narrow',
  options: [
    text('suite', 'smoke, acceptance, monitoring, or one of your own; without it smoke', {
      complete: (typed, { smoke }) => suggest(smoke.suites(), typed),
    }),
    text('test', 'One test alone', {
      complete: (typed, { smoke }) =>
        suggest(
          smoke.list().map(({ name }) => name),
          typed,
        ),
    }),
    reason,
  ],
  async run(turn) {
    const { options } = turn.interaction;
    const suite = readText(options, 'suite');
    const test = readText(options, 'test');
    if (suite !== undefined && test !== undefined)
      throw new BadValue('A run is of a suite or of one test, not of both.', {
        next: 'Leave one of them out.',
      });
    const what = test === undefined ? { suite: suite ?? 'smoke' } : { test };
    await runSmokeTests(turn, what, readReason(options).reason);
  },
};
