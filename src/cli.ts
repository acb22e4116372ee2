#!/usr/bin/env node
/** `npx rollouts`: looks after the state and checks the set-up, with the bot running or not. */
import { runCli } from './cli/program.js';
import { loadEnvironment } from './setup/environment.js';

loadEnvironment();
process.exitCode = await runCli(process.argv.slice(2));
