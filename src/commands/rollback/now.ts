import type { SubcommandDefinition } from '../definition.js';
import { readText, yesNo } from '../options.js';
import { MissingOption, TooManyOptions } from '../target.js';
import { asked, feature } from './options.js';
import { want } from './wanted.js';

export const now: SubcommandDefinition = {
  name: 'now',
  description: 'Turn a feature, or everything, off for everybody at once. Asks nothing but the reason',
  needs: 'narrow',
  options: [
    feature(false),
    yesNo('everything', 'All features, everywhere'),
    ...asked,
    yesNo('dry-run', 'Only show what it would do'),
  ],
  async run(turn) {
    const { options } = turn.interaction;
    const named = readText(options, 'feature');
    const everything = options.getBoolean('everything') ?? false;
    if (named !== undefined && everything)
      throw new TooManyOptions('Both a feature and everything were given.', { next: 'Give one of the two.' });
    // Nobody should hit everything by leaving a field empty.
    if (named === undefined && !everything)
      throw new MissingOption('Neither a feature nor everything was given.', {
        next: 'Give the name of a feature, or everything:True for all of them.',
      });
    const flag = named === undefined ? null : turn.house.flags.flag(named).key;
    await want(turn, 'immediate', flag, options.getBoolean('dry-run') ?? false);
  },
};
