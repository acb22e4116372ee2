import { config as loadDotenv } from 'dotenv';
import { variables } from '../config/variables.js';

/**
 * Reads `.env` of the working directory into the process's environment, for entry points only. What is already set wins.
 * Variables of ours that are set but empty are taken out: discord.js reads SHARDS by itself, and takes "" for a broken list.
 */
export function loadEnvironment(environment: NodeJS.ProcessEnv = process.env, path?: string): void {
  loadDotenv({
    quiet: true,
    processEnv: environment,
    ...(path === undefined ? {} : { path }),
  });
  for (const name of Object.keys(variables)) {
    if (environment[name]?.trim() === '') delete environment[name];
  }
}
