import { hostname, userInfo } from 'node:os';
import type { Actor } from '../lib/flags/changes.js';

/** Who types a command, for the audit: a name of the machine's, since Discord is not asked. */
export function personAtTerminal(): Actor {
  return { id: 'system:cli', name: `${userName()} at ${hostname()}` };
}

/** A container may run as a user that nobody has named. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? '?'}`;
  }
}
