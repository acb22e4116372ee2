/** Holds every exchange between a bot and the sandbox against Discord's own description of its API. */
import type { Exchange } from '../../../src/sandbox/index.js';
import { openApiDescription } from './openApiDescription.js';
import { zodDescription } from './zodDescription.js';

/** One of Discord's descriptions of its API: each answers with what is wrong, nothing where all is well. */
export interface Description {
  /** What is wrong with the request: its operation, its query, its body. */
  request(exchange: Exchange): readonly string[];
  /** What is wrong with the answer. */
  answer(exchange: Exchange): readonly string[];
}

export interface Contract {
  /** Goes in as the sandbox's `onExchange`. */
  readonly check: (exchange: Exchange) => void;
  /** One line each; empty at the end of a good run. */
  readonly violations: readonly string[];
  /** How many exchanges were checked. */
  readonly checked: () => number;
}

/** Checks against Discord's OpenAPI file where it lies beside the project, else against the package made from it. */
export async function discordContract(description?: Description): Promise<Contract> {
  const discord = description ?? (await openApiDescription()) ?? zodDescription();
  const violations: string[] = [];
  let checked = 0;
  return {
    violations,
    checked: () => checked,
    check: (exchange) => {
      checked += 1;
      const name = `${exchange.method} ${exchange.path} → ${exchange.status}`;
      for (const wrong of discord.request(exchange)) violations.push(`${name}: request: ${wrong}`);
      // Failures of the server itself have no described shape.
      if (exchange.status >= 500) return;
      for (const wrong of discord.answer(exchange)) violations.push(`${name}: answer: ${wrong}`);
    },
  };
}
