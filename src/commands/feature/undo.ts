import { makeChange } from '../../lib/discord/changeFlow.js';
import { parseEntry } from '../../lib/discord/entryNumber.js';
import type { SubcommandDefinition } from '../definition.js';
import { readReason, reason, text } from '../options.js';

export const undo: SubcommandDefinition = {
  name: 'undo',
  description: 'Take back one entry of the history, if nothing was built on it since',
  // Taking back a widening narrows; the change itself is judged again.
  needs: 'narrow',
  options: [text('entry', 'Its number, such as #128', { required: true, maxLength: 40 }), reason],
  async run(turn) {
    const { options } = turn.interaction;
    const entry = parseEntry(options.getString('entry', true));
    await makeChange(turn, { do: 'undo', entry }, readReason(options));
  },
};
