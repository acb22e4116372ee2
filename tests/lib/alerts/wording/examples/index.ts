import { deployments } from './deployments.js';
import type { Examples } from './Examples.js';
import { flags } from './flags.js';
import { house } from './house.js';
import { rollbacks } from './rollbacks.js';
import { rollouts } from './rollouts.js';

export type { Say } from './Examples.js';

/** Of every template; a new one belongs here. */
export const examples: Examples = { ...rollouts, ...rollbacks, ...deployments, ...flags, ...house };
