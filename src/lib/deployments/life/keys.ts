/** The names of this room's documents among all those of deployments. */
import { createHash } from 'node:crypto';

const deploymentShape = /^[0-9A-HJKMNP-TV-Z]{8}$/;
const gatePrefix = 'gate.';

/** `gate.<digest of the version>`: a version may hold what a name may not. */
export function gateKey(version: string): string {
  return gatePrefix + createHash('sha256').update(version).digest('base64url').slice(0, 22);
}

/** Undefined for another room's document. */
export function kindOfKey(key: string): 'deployment' | 'gate' | undefined {
  if (deploymentShape.test(key)) return 'deployment';
  return key.startsWith(gatePrefix) ? 'gate' : undefined;
}
