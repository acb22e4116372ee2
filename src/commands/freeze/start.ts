import { freezeCard } from '../../lib/discord/rollouts/freezeCards.js';
import { parseFutureTime } from '../../lib/discord/futureTime.js';
import { ReasonNeeded } from '../../lib/rollouts/errors.js';
import type { SubcommandDefinition } from '../definition.js';
import { readText, text, yesNo } from '../options.js';

export const start: SubcommandDefinition = {
  name: 'start',
  description: 'Let nothing be turned newly on, by whichever command',
  needs: 'narrow',
  options: [
    text('reason', 'Why, for everyone who is held up by it', { required: true, maxLength: 500 }),
    text('until', 'Until when: 4h, or 2027-01-31 09:00 in UTC; without it until someone stops it'),
    yesNo('incident', 'Something is wrong: running rollouts pause, too'),
  ],
  async run(turn) {
    const { options } = turn.interaction;
    const { rollouts, domainTime } = turn.house;
    const reason = readText(options, 'reason');
    if (reason === undefined) throw new ReasonNeeded('A freeze');
    const until = readText(options, 'until');
    const { freeze, replaced } = await rollouts.freeze.start({
      by: turn.actor,
      reason,
      ...(until !== undefined && { until: parseFutureTime(until, domainTime.now()) }),
      isIncident: options.getBoolean('incident') ?? false,
      mayEase: turn.may('admin'),
    });
    await turn.show(freezeCard(freeze, turn.house, replaced));
  },
};
