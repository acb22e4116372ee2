/** The bot as the sandbox runs it: the bot of our own, with one command more whose behaviour hangs on a flag. */
import { loadDemoPieces } from './demo/_load.js';
import { runBot } from './setup/runBot.js';

loadDemoPieces();
// The sandbox is this process's parent: without it there is no Discord to talk to.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
await runBot();
