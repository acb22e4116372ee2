/** The bot of our own: environment -> client -> login (npm start, PM2). */
import { runBot } from './setup/runBot.js';

await runBot();
