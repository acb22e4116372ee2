/** A server that answers as Prometheus does, or as badly as a test likes. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
}

export class FakePrometheus {
  public readonly asked: Asked[] = [];
  public answer: (asked: Asked, response: ServerResponse) => void = () => undefined;

  private constructor(private readonly server: Server) {}

  public static async start(): Promise<FakePrometheus> {
    const server = createServer();
    const fake = new FakePrometheus(server);
    server.on('request', (request, response) => void fake.take(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  public get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked = {
      path: request.url ?? '',
      authorization: request.headers.authorization,
      form: new URLSearchParams(Buffer.concat(chunks).toString()),
    };
    this.asked.push(asked);
    this.answer(asked, response);
  }
}

/** What Prometheus answers where the query has these values, one a series. */
export function vector(...values: string[]): string {
  const result = values.map((value) => ({ metric: {}, value: [1_700_000_000, value] }));
  return JSON.stringify({ status: 'success', data: { resultType: 'vector', result } });
}
