import { expect, it } from 'vitest';
import { RolloutError } from '../../src/lib/core/RolloutError.js';
import { whyNotStarted } from '../../src/setup/whyNotStarted.js';

class PortTaken extends RolloutError {
  public readonly code = 'PORT_TAKEN';
}

const withCode = (message: string, code: string | number) => Object.assign(new Error(message), { code });

it.each([
  [withCode('An invalid token was provided.', 'TokenInvalid'), 'Bot -> Reset Token'],
  [withCode('getaddrinfo ENOTFOUND discord.com', 'ENOTFOUND'), 'cannot be reached (getaddrinfo ENOTFOUND'],
  [withCode('Connect Timeout Error', 'UND_ERR_CONNECT_TIMEOUT'), 'Check the network'],
  [withCode('Used disallowed intents', 4014), 'Used disallowed intents. "npx rollouts doctor"'],
  [new Error('Odd.'), 'The bot could not log in: Odd. "npx rollouts doctor"'],
  ['nothing', 'The bot could not log in: nothing. "npx rollouts doctor"'],
  [
    new PortTaken('Port 1 is taken.', { next: 'Set HTTP_PORT.' }),
    'cannot start. Port 1 is taken. Set HTTP_PORT.',
  ],
])('says why the bot did not come up, and what to do: %s', (error, said) => {
  expect(whyNotStarted(error)).toContain(said);
});
