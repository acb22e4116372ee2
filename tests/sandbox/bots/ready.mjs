// Is ready at once, or never where it is told to be slow; ends when asked; crashes once where it is told to.
// Writes what it is ordered at its start, and every message that it gets.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const mark = join(process.env.DATA_DIR, 'crashed');
process.stdout.write(
  `token ${process.env.DISCORD_TOKEN ? 'given' : 'missing'}, redis "${process.env.REDIS_URL}"\n`,
);
process.stdout.write(`start ${process.env.DEMO_ORDERS}\n`);
process.on('SIGTERM', () => process.exit(0));
// A listener keeps the process alive for as long as its parent is there.
process.on('message', (message) => process.stdout.write(`told ${JSON.stringify(message)}\n`));
if (!process.env.SLOW)
  process.send('ready', () => {
    if (!process.env.CRASH_ONCE || existsSync(mark)) return;
    writeFileSync(mark, '');
    process.exit(3);
  });
