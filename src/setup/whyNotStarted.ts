/** Says in plain words why the bot did not come up, and what to do: the first line that a newcomer reads. */
import { RolloutError } from '../lib/core/RolloutError.js';

const doctor = '"npx rollouts doctor" looks at everything that the bot needs.';

export function whyNotStarted(error: unknown): string {
  if (error instanceof RolloutError) {
    const { message, next } = error;
    return ['The bot cannot start.', message, next ?? doctor].join(' ');
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'TokenInvalid') {
    return 'The bot could not log in: Discord does not accept DISCORD_TOKEN. Discord Developer Portal -> your application -> Bot -> Reset Token; put the new one into .env.';
  }
  const why = error instanceof Error ? error.message : String(error);
  return typeof code === 'string' && /^(?:E[A-Z_]+|UND_ERR_\w+)$/.test(code)
    ? `The bot could not log in: Discord cannot be reached (${why}). Check the network, DISCORD_API_URL and https://discordstatus.com.`
    : `The bot could not log in: ${why}. ${doctor}`.replace('.. ', '. ');
}
