/** Finds the handler for a method and a path such as `/channels/:channel/messages`. */
import type { RestRequest } from './RestRequest.js';

/** What a handler answers: a status and a JSON body, or 204 for nothing. */
export interface RestAnswer {
  readonly status: number;
  readonly body?: unknown;
}

export type Handler = (request: RestRequest) => RestAnswer | Promise<RestAnswer>;

export const ok = (body: unknown): RestAnswer => ({ status: 200, body });
export const created = (body: unknown): RestAnswer => ({ status: 201, body });
export const noContent: RestAnswer = { status: 204 };

/** Who may call a route: the bot with its token, or whoever holds the interaction's token in the path. */
export type Access = 'bot' | 'interaction';

export interface Route {
  readonly method: string;
  /** `/channels/:channel/messages`; also the name of its rate limit bucket. */
  readonly pattern: string;
  readonly access: Access;
  readonly handler: Handler;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** What {@link Router.find} says where the path exists, but not with this method. */
export const wrongMethod = Symbol('wrong method');

export class Router {
  private readonly routes: { readonly route: Route; readonly steps: readonly string[] }[] = [];

  public on(method: string, pattern: string, handler: Handler, access: Access = 'bot'): this {
    this.routes.push({ route: { method, pattern, access, handler }, steps: pattern.slice(1).split('/') });
    return this;
  }

  public find(method: string, path: string): Match | typeof wrongMethod | undefined {
    const steps = path.slice(1).split('/').map(decodeURIComponent);
    let pathExists = false;
    for (const { route, steps: wanted } of this.routes) {
      const params = match(wanted, steps);
      if (params === undefined) continue;
      if (route.method === method) return { route, params };
      pathExists = true;
    }
    return pathExists ? wrongMethod : undefined;
  }
}

function match(wanted: readonly string[], steps: readonly string[]): Record<string, string> | undefined {
  if (wanted.length !== steps.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const step = steps[index] ?? '';
    if (want.startsWith(':')) params[want.slice(1)] = step;
    else if (want !== step) return undefined;
  }
  return params;
}
