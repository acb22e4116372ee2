import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { RolloutError } from '../core/RolloutError.js';
import { createApp, type AppOptions } from './createApp.js';

export interface HttpServerOptions extends AppOptions {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
}

/** The address to listen on is taken, forbidden, or not of this machine. */
export class CannotListen extends RolloutError {
  public readonly code = 'CANNOT_LISTEN';
}

/** How long a request under way may take once the server closes, ms. */
const drainMs = 1_000;

/** Node's HTTP server with limits, small enough for what it answers. */
export class HttpServer {
  /** The one that was really taken. */
  public readonly port: number;
  public readonly url: string;

  private constructor(private readonly server: Server) {
    const { address, family, port } = server.address() as AddressInfo;
    this.port = port;
    this.url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }

  /** @throws {CannotListen} */
  public static async listen(options: HttpServerOptions): Promise<HttpServer> {
    // A guest replaces no globals of its host's process.
    const listener = getRequestListener(createApp(options).fetch, { overrideGlobalObjects: false });
    const server = createServer(
      {
        ...{
          maxHeaderSize: 8 * 1024,
          headersTimeout: 5_000,
          requestTimeout: 15_000,
          keepAliveTimeout: 5_000,
        },
        // Node looks every 30 s by itself, so that who sends nothing would be held for as long.
        connectionsCheckingInterval: 2_000,
      },
      (request, response) => void listener(request, response),
    );
    server.maxConnections = 256;
    server.listen({ host: options.host, port: options.port });
    try {
      await once(server, 'listening');
    } catch (error) {
      throw cannotListen(options, error);
    }
    server.on('error', (error) => options.logger.error('The HTTP server has a problem', error));
    return new HttpServer(server);
  }

  /** Lets requests under way end, and cuts them off after a second. */
  public async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    const cut = setTimeout(() => this.server.closeAllConnections(), drainMs);
    this.server.closeIdleConnections();
    await closed;
    clearTimeout(cut);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there already',
  EACCES: 'this user may not listen there',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
};

function cannotListen({ host, port }: HttpServerOptions, cause: unknown): CannotListen {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  return new CannotListen(`Cannot listen on ${host}:${port}: ${reasons[code] ?? code}.`, {
    next: 'Set HTTP_HOST and HTTP_PORT to a free address (port 0 takes any free one), or stop the other program.',
    context: { host, port, code },
    cause,
  });
}
