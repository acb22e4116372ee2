/** Objects as Kubernetes' API keeps them, and the two kinds of patch that we send it. */
export interface ApiObject {
  kind: string;
  metadata: {
    name: string;
    resourceVersion: string;
    generation?: number;
    annotations?: Record<string, string>;
  };
  data?: Record<string, string>;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
}

/** A refusal, answered as a Status. */
export class Refusal extends Error {
  public constructor(
    public readonly code: number,
    public readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/** Strategic merge on objects without lists: maps are merged, null removes. */
export function merged(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value);
  }
  return result;
}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

/** RFC 6902 on objects without lists. A path that is not there is a 422, as in the real API. */
export function jsonPatched(target: unknown, operations: readonly Operation[]): unknown {
  const result: unknown = structuredClone(target);
  for (const { op, path, value } of operations) {
    const keys = path
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = keys.pop() ?? '';
    let parent: unknown = result;
    for (const key of keys) parent = isObject(parent) ? parent[key] : undefined;
    const exists = isObject(parent) && last in parent;
    if (!isObject(parent) || (op !== 'add' && !exists))
      throw new Refusal(422, 'Invalid', `the server rejected our request: ${op} on a missing path ${path}`);
    if (op === 'remove') delete parent[last];
    else if (op === 'add' || op === 'replace') parent[last] = value;
    else throw new Refusal(422, 'Invalid', `the tests' API server knows no ${op}`);
  }
  return result;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
