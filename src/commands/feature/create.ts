import { parseExpiry } from '../../lib/discord/expiry.js';
import { makeChange } from '../../lib/discord/changeFlow.js';
import type { SubcommandDefinition } from '../definition.js';
import {
  betaMode,
  expires,
  kind,
  readName,
  readNames,
  readReason,
  readText,
  reason,
  requires,
  text,
} from '../options.js';
import { readBetaMode, readKind } from './facts.js';

export const create: SubcommandDefinition = {
  name: 'create',
  description: 'Make a new flag; it is on for nobody until you widen it',
  needs: 'admin',
  options: [
    text('name', 'Lower-case letters, digits, - and _, at most 64', { required: true }),
    text('description', 'What is different where it is on', { required: true, maxLength: 500 }),
    kind,
    text('owner', 'Who answers for it: a team, a person', { maxLength: 100 }),
    betaMode,
    requires,
    expires,
    reason,
  ],
  async run(turn) {
    const { options } = turn.interaction;
    const expiry = readText(options, 'expires');
    await makeChange(
      turn,
      {
        do: 'create',
        flag: readName(options),
        facts: {
          description: options.getString('description', true).trim(),
          kind: readKind(options),
          owner: readText(options, 'owner'),
          beta: readBetaMode(options),
          requires: readNames(options, 'requires'),
          expiresAt: expiry === undefined ? undefined : parseExpiry(expiry, turn.house.domainTime.now()),
        },
      },
      readReason(options),
    );
  },
};
