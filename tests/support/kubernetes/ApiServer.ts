/**
 * A small API server of Kubernetes': the real paths, content types, watches and refusals for config maps, services and
 * deployments in one namespace, with a controller that makes pods available one by one. In memory; no TLS.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jsonPatched, merged, Refusal, type ApiObject } from './objects.js';

export const token = 'token-of-the-bot';
export const namespace = 'bots';

const path =
  /^\/(?:api\/v1|apis\/apps\/v1)\/namespaces\/(?<ns>[^/]+)\/(?<kind>configmaps|services|deployments)(?:\/(?<name>[^/]+)(?<sub>\/scale)?)?$/;

/** One pod becomes available after so long, ms. */
const podMs = 5;

interface Watcher {
  readonly name: string | undefined;
  readonly response: ServerResponse;
}

export class ApiServer {
  /** `verb resource/name`; whatever is not in it is a 403. */
  public allowed: (verb: string, resource: string, name: string) => boolean = () => true;
  /** Calls that were answered, as `patch deployments/scale tux-bot-new`. */
  public readonly calls: string[] = [];
  /** Deployments whose pods never become available. */
  public readonly spoilt = new Set<string>();
  /** Before each of the next so many patches somebody else changes the object. */
  public meddling = 0;
  /** The next so many calls are answered by this status, as a proxy in between does. */
  public failing: { status: number; times: number } | undefined;
  /** Calls are taken and never answered. */
  public hangs = false;
  /** The token that is right; the bot's own unless it was revoked. */
  public token = token;
  /** Every watch is ended at once with 410 Gone. */
  public forgetsAtOnce = false;

  private readonly objects = new Map<string, ApiObject>();
  private readonly watchers = new Set<Watcher>();
  private version = 100;
  private server: Server | undefined;
  private port = 0;
  private timer: NodeJS.Timeout | undefined;

  public get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  public async start(): Promise<void> {
    const server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** Every connection is cut; the state stays, and `start` brings it back at the same address. */
  public async stop(): Promise<void> {
    clearTimeout(this.timer);
    const { server } = this;
    this.server = undefined;
    if (server === undefined) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  public put(kind: string, name: string, rest: Partial<Omit<ApiObject, 'kind' | 'metadata'>>): void {
    this.save(kind, { kind, metadata: { name, resourceVersion: '' }, ...rest });
  }

  public object(kind: string, name: string): ApiObject {
    const found = this.objects.get(`${kind}/${name}`);
    if (found === undefined) throw new Refusal(404, 'NotFound', `${kind} "${name}" not found`);
    return found;
  }

  /** As a deployment's controller does: observes what is asked for, then moves one pod at a time. */
  private reconcile(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const moved = [...this.objects].map(
        ([key, object]) => key.startsWith('deployments/') && this.move(object),
      );
      if (moved.some(Boolean)) this.reconcile();
    }, podMs);
  }

  private move(object: ApiObject): boolean {
    const asked = Number(object.spec?.['replicas'] ?? 1);
    const { generation = 1, name } = object.metadata;
    const status = object.status ?? {};
    const running = Number(status['replicas'] ?? 0);
    const available = Number(status['availableReplicas'] ?? 0);
    const next = asked > running ? asked : Math.max(asked, running - 1);
    const ready = this.spoilt.has(name) ? 0 : Math.min(next, asked > available ? available + 1 : asked);
    if (next === running && ready === available && status['observedGeneration'] === generation) return false;
    // The API leaves a zero out.
    object.status = {
      observedGeneration: generation,
      ...(next > 0 && { replicas: next }),
      ...(ready > 0 && { availableReplicas: ready }),
    };
    this.save('deployments', object, false);
    return true;
  }

  private save(kind: string, object: ApiObject, isAsked = true): void {
    object.metadata.resourceVersion = String(++this.version);
    if (isAsked && kind === 'deployments') object.metadata.generation = (object.metadata.generation ?? 0) + 1;
    this.objects.set(`${kind}/${object.metadata.name}`, object);
    for (const { name, response } of this.watchers)
      if (kind === 'deployments' && (name === undefined || name === object.metadata.name))
        response.write(`${JSON.stringify({ type: 'MODIFIED', object })}\n`);
    if (isAsked) this.reconcile();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    if (this.hangs) return;
    try {
      this.route(request, body, response);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const status = {
        kind: 'Status',
        status: 'Failure',
        code: error.code,
        reason: error.reason,
        message: error.message,
      };
      send(response, error.code, status);
    }
  }

  private route(request: IncomingMessage, body: string, response: ServerResponse): void {
    if (this.failing !== undefined && this.failing.times-- > 0) {
      response.writeHead(this.failing.status).end('<html>the proxy is busy</html>');
      return;
    }
    if (request.headers.authorization !== `Bearer ${this.token}`)
      throw new Refusal(401, 'Unauthorized', 'Unauthorized');
    const url = new URL(request.url ?? '/', 'http://x');
    const { ns, kind = '', name, sub = '' } = path.exec(url.pathname)?.groups ?? {};
    if (ns !== namespace)
      throw new Refusal(404, 'NotFound', 'the server could not find the requested resource');
    const isWatch = url.searchParams.get('watch') === 'true';
    const selected = name ?? url.searchParams.get('fieldSelector')?.replace('metadata.name=', '');
    this.permit(
      isWatch ? 'watch' : request.method === 'PATCH' ? 'patch' : 'get',
      `${kind}${sub}`,
      selected ?? '',
    );
    if (isWatch) this.watch(url, selected, response);
    else if (name === undefined) throw new Refusal(405, 'MethodNotAllowed', 'nobody lists here');
    else if (request.method === 'GET') send(response, 200, this.object(kind, name));
    else if (request.method === 'PATCH') send(response, 200, this.patch(kind, name, sub, request, body));
    else
      throw new Refusal(
        405,
        'MethodNotAllowed',
        'the server does not allow this method on the requested resource',
      );
  }

  private permit(verb: string, resource: string, name: string): void {
    if (!this.allowed(verb, resource, name)) {
      const message = `${resource} "${name}" is forbidden: User "bot" cannot ${verb} resource "${resource}"`;
      throw new Refusal(403, 'Forbidden', message);
    }
    this.calls.push(`${verb} ${resource} ${name}`);
  }

  private watch(url: URL, name: string | undefined, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    const since = Number(url.searchParams.get('resourceVersion'));
    if (this.forgetsAtOnce) {
      const object = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' };
      response.end(`${JSON.stringify({ type: 'ERROR', object })}\n`);
      return;
    }
    response.flushHeaders();
    const watcher = { name, response };
    this.watchers.add(watcher);
    response.on('close', () => this.watchers.delete(watcher));
    // What happened between the look and the watch.
    for (const [key, object] of this.objects)
      if (key === `deployments/${name}` && Number(object.metadata.resourceVersion) > since)
        response.write(`${JSON.stringify({ type: 'MODIFIED', object })}\n`);
  }

  private patch(kind: string, name: string, sub: string, request: IncomingMessage, body: string): unknown {
    if (this.meddling > 0) {
      this.meddling -= 1;
      this.save(kind, structuredClone(this.object(kind, name)));
    }
    const now = this.object(kind, name);
    const target = sub === '' ? now : scaleOf(now);
    const parsed: unknown = JSON.parse(body);
    const type = request.headers['content-type'];
    const isJsonPatch = type === 'application/json-patch+json';
    if (!isJsonPatch && type !== 'application/strategic-merge-patch+json')
      throw new Refusal(
        415,
        'UnsupportedMediaType',
        `the body of the request was in an unknown format: ${type}`,
      );
    if (isJsonPatch !== Array.isArray(parsed))
      throw new Refusal(400, 'BadRequest', 'the body is no such patch');
    const patched = (
      isJsonPatch ? jsonPatched(target, parsed as never[]) : merged(target, parsed)
    ) as ApiObject;
    if (patched.metadata.resourceVersion !== now.metadata.resourceVersion) {
      const message = `Operation cannot be fulfilled on ${kind} "${name}": the object has been modified`;
      throw new Refusal(409, 'Conflict', message);
    }
    if (sub === '') this.save(kind, patched);
    else this.save(kind, { ...now, spec: { ...now.spec, replicas: patched.spec?.['replicas'] ?? 0 } });
    return patched;
  }
}

/** A scale leaves a zero out. */
function scaleOf({ metadata, spec }: ApiObject): ApiObject {
  const replicas = Number(spec?.['replicas'] ?? 1);
  return { kind: 'Scale', metadata: { ...metadata }, spec: replicas > 0 ? { replicas } : {} };
}

function send(response: ServerResponse, code: number, body: unknown): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
