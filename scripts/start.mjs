/** `npm start`: the bot from `dist/`, in this very process, so that signals and the exit code are its own. */
import { existsSync } from 'node:fs';

const bot = new URL('../dist/esm/bot.js', import.meta.url);

if (existsSync(bot)) {
  await import(bot.href);
} else {
  console.error(
    [
      'There is no dist/ here, so there is nothing to start.',
      'Run "npm ci" and "npm run build" here, or copy a dist/ that was built elsewhere next to package.json.',
    ].join('\n'),
  );
  process.exitCode = 1;
}
