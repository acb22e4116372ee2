import type { Check } from '../Glance.js';
import { errorRates } from './errorRates.js';
import { memory } from './memory.js';
import { externalServices, stateStore } from './probes.js';
import { responseTimes } from './responseTimes.js';
import { userCommands } from './userCommands.js';

/** In the order that people read them. */
export const checks: readonly Check[] = [
  responseTimes,
  errorRates,
  memory,
  stateStore,
  externalServices,
  userCommands,
];
