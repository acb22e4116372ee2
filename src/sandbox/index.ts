/** A local Discord in one process, for tests and for `npm run sandbox`. */
import { Sandbox, type SandboxOptions } from './Sandbox.js';

/** Starts a sandbox; resolves when it listens. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = new Sandbox(options);
  await sandbox.listen();
  return sandbox;
}

export { Sandbox, type SandboxOptions } from './Sandbox.js';
export { ClientError, type Choice } from './interactions/Interaction.js';
export type { Person, PersonInChannel } from './people/Person.js';
export type { Seen, SeenModal } from './people/Seen.js';
export type { Exchange } from './rest/RestServer.js';
export type { Fault } from './rest/Faults.js';
export type { SessionView } from './gateway/Gateway.js';
