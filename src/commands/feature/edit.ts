import { parseExpiry } from '../../lib/discord/expiry.js';
import { makeChange } from '../../lib/discord/changeFlow.js';
import type { FlagFacts } from '../../lib/flags/changes.js';
import type { SubcommandDefinition } from '../definition.js';
import {
  betaMode,
  expires,
  flag,
  kind,
  readName,
  readNames,
  readReason,
  readText,
  reason,
  requires,
  text,
} from '../options.js';
import { MissingOption } from '../target.js';
import { readBetaMode, readKind } from './facts.js';

const optOuts = ['until-release', 'always'] as const;

export const edit: SubcommandDefinition = {
  name: 'edit',
  description: 'Change what a flag says about itself; what you leave out stays',
  needs: 'admin',
  options: [
    flag(),
    text('description', 'What is different where it is on', { maxLength: 500 }),
    kind,
    text('owner', 'Who answers for it; none = nobody', { maxLength: 100 }),
    betaMode,
    text('opt-out', 'How long a guild may keep it off', { choices: optOuts }),
    requires,
    expires,
    text('seed', 'Flags with the same seed reach the same guilds; none = the name', { maxLength: 100 }),
    reason,
  ],
  async run(turn) {
    const { options } = turn.interaction;
    const expiry = readText(options, 'expires');
    const facts: FlagFacts = {
      description: readText(options, 'description'),
      kind: readKind(options),
      owner: orNone(readText(options, 'owner')),
      beta: readBetaMode(options),
      optOut: optOuts.find((choice) => choice === readText(options, 'opt-out')),
      requires: readNames(options, 'requires'),
      expiresAt: expiry === undefined ? undefined : parseExpiry(expiry, turn.house.domainTime.now()),
      seed: orNone(readText(options, 'seed')),
    };
    if (Object.values(facts).every((fact) => fact === undefined))
      throw new MissingOption('Nothing to edit was given.', {
        next: 'Give at least one of the options beside the name.',
      });
    await makeChange(turn, { do: 'edit', flag: readName(options), facts }, readReason(options));
  },
};

/** undefined leaves it, null clears it. */
function orNone(typed: string | undefined): string | null | undefined {
  return typed?.toLowerCase() === 'none' ? null : typed;
}
