import { makeChange } from '../../lib/discord/changeFlow.js';
import type { SubcommandDefinition } from '../definition.js';
import { cohortName, readName, readReason, reason } from '../options.js';

export const deleteCohort: SubcommandDefinition = {
  name: 'delete',
  description: 'Delete a cohort that no flag uses any more',
  needs: 'admin',
  options: [cohortName(true), reason],
  async run(turn) {
    const { options } = turn.interaction;
    await makeChange(turn, { do: 'cohort-delete', cohort: readName(options) }, readReason(options));
  },
};
