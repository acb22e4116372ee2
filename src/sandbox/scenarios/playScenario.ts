/** `npm run sandbox -- --scenario NAME`: a sandbox of its own, in which a play is given and written down. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientError } from '../interactions/Interaction.js';
import { runSandbox, type RunOptions } from '../runSandbox.js';
import { Play, ScenarioFailed } from './Play.js';
import type { Scenario } from './scenarios.js';
import { Transcript } from './Transcript.js';

/** A second is an hour, so that the 14 days of the plan take some six minutes. */
const usual = { SANDBOX_PORT: '0', SANDBOX_SPEED: '3600', SANDBOX_TRAFFIC: '400' };

/** True where it came to the end that it has to. Where it did not, the bot's log stays. */
export async function playScenario(scenario: Scenario, options: RunOptions): Promise<boolean> {
  const { say, signal } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'sandbox-scenario-'));
  const env = { ...usual, ...options.env, DATA_DIR: dataDir };
  say(`Scenario ${scenario.name}. ${scenario.about}`);
  const running = await runSandbox({ ...options, env });
  const { sandbox } = running;
  const { speed, traffic } = sandbox.simulation.knobs;
  say(
    `${sandbox.world.guilds.length} guilds; simulated members type up to ${traffic} commands a second; time goes ${speed} times as fast.`,
  );
  const transcript = new Transcript(sandbox, say);
  const failure = await new Play(sandbox, scenario, transcript, signal).give().then(
    () => undefined,
    (error: unknown) => asFailure(error, signal),
  );
  const { commands, newGreetings, failures, unanswered } = sandbox.simulation.figures;
  transcript.close();
  await running.stop();
  say(
    `Simulated members typed ${commands} commands: ${newGreetings} met the new greeting, ${failures} failed, ${unanswered} were not answered.`,
  );
  if (failure !== undefined) {
    say(`FAILED ${scenario.name}: ${failure} The bot's log: ${join(dataDir, 'sandbox-bot.log')}`);
    return false;
  }
  await rm(dataDir, { recursive: true, force: true });
  say(`PASSED ${scenario.name}: ${scenario.ends}, as it had to be.`);
  return true;
}

/** Anything but a play that went wrong is a bug of the sandbox's, and is shown with its stack. */
function asFailure(error: unknown, signal: AbortSignal | undefined): string {
  if (signal?.aborted) return 'It was broken off.';
  if (error instanceof ScenarioFailed || error instanceof ClientError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
