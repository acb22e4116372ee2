/** Answers requests to `/api/v10/…`: access, faults, rate limits, the route's handler, and Discord's errors. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError, refusals } from './ApiError.js';
import { Faults, type FaultAnswer } from './Faults.js';
import { RateLimits } from './RateLimits.js';
import { readBody, type ReadBody } from './readBody.js';
import { RestRequest } from './RestRequest.js';
import { wrongMethod, type Match, type Router } from './Router.js';

/** One request and its answer, as the contract test sees it. */
export interface Exchange {
  readonly method: string;
  /** After `/api/v10`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** undefined where there was none. */
  readonly requestBody: unknown;
  readonly status: number;
  /** undefined where there was none. */
  readonly responseBody: unknown;
}

const prefix = /^\/api\/v10(?=\/)/;

export class RestServer {
  public readonly faults = new Faults();
  public readonly limits = new RateLimits();

  public constructor(
    private readonly router: Router,
    private readonly botToken: string,
    private readonly onExchange: (exchange: Exchange) => void,
  ) {}

  public async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const method = request.method ?? 'GET';
    const path = url.pathname.replace(prefix, '');
    const body = await readBody(request).catch((error: unknown) => error);
    await this.faults.wait();
    const { status, json, headers } = await this.answer(request, method, path, url, body);
    const text = json === undefined ? undefined : JSON.stringify(json);
    response.writeHead(status, {
      ...headers,
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
    });
    response.end(text);
    this.onExchange({
      method,
      path,
      query: url.searchParams,
      requestBody: isRead(body) ? body.json : undefined,
      status,
      responseBody: text === undefined ? undefined : JSON.parse(text),
    });
  }

  private async answer(
    request: IncomingMessage,
    method: string,
    path: string,
    url: URL,
    body: unknown,
  ): Promise<{ status: number; json: unknown; headers: Readonly<Record<string, string>> }> {
    let headers: Readonly<Record<string, string>> = {};
    try {
      if (!prefix.test(url.pathname)) throw refusals.generalNotFound();
      const fault = this.faults.take(method, path);
      if (fault) return asAnswer(fault);
      const match = this.router.find(method, path);
      if (match === undefined) throw refusals.generalNotFound();
      if (match === wrongMethod) throw refusals.methodNotAllowed();
      this.checkAccess(request, match);
      const rate = this.limits.count(
        `${method} ${match.route.pattern}`,
        Object.values(match.params)[0] ?? '',
      );
      headers = rate.headers;
      if (rate.retryAfterMs !== null) return asAnswer(tooMany(rate.retryAfterMs, headers));
      if (!isRead(body)) throw body;
      const answer = await match.route.handler(
        new RestRequest(match.params, url.searchParams, body.json, body.files),
      );
      return { status: answer.status, json: answer.body, headers };
    } catch (error) {
      if (error instanceof ApiError) return { status: error.status, json: error.toJSON(), headers };
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.emitWarning(`The sandbox failed at ${method} ${path}: ${message}`, 'SandboxWarning');
      return { status: 500, json: { message: '500: Internal Server Error', code: 0 }, headers };
    }
  }

  private checkAccess(request: IncomingMessage, { route }: Match): void {
    if (route.access === 'interaction') return;
    if (request.headers.authorization !== `Bot ${this.botToken}`) throw refusals.unauthorized();
  }
}

function isRead(body: unknown): body is ReadBody {
  return typeof body === 'object' && body !== null && 'files' in body && !(body instanceof Error);
}

function asAnswer({ status, body, headers }: FaultAnswer): {
  status: number;
  json: unknown;
  headers: Readonly<Record<string, string>>;
} {
  return { status, json: body, headers };
}

function tooMany(retryAfterMs: number, headers: Readonly<Record<string, string>>): FaultAnswer {
  const seconds = retryAfterMs / 1000;
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: seconds, global: false },
    headers: { ...headers, 'retry-after': String(Math.ceil(seconds)), 'x-ratelimit-scope': 'user' },
  };
}
