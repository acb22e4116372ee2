/** Serves the built page. */
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

const policy =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** Beside this file in a build; in the last build where this runs from the sources. */
const folders = [
  new URL('../page/', import.meta.url),
  new URL('../../../dist/esm/sandbox/page/', import.meta.url),
];

export class PageFiles {
  private readonly folders: readonly URL[];

  /** @param folder where the page was built to, if not there */
  public constructor(folder?: string) {
    this.folders = folder === undefined ? folders : [pathToFileURL(join(folder, '/'))];
  }

  public async serve(path: string, response: ServerResponse): Promise<void> {
    const folder = this.folders.find((one) => existsSync(new URL('main.js', one)));
    if (!folder) {
      response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('The page has not been built. Run: npm run build');
      return;
    }
    const name = path === '/' ? 'index.html' : path.slice(1);
    const type = types[extname(name)];
    const isPlain = /^[\w][\w.-]*(\/[\w][\w.-]*)*$/.test(name);
    const bytes = type && isPlain ? await readFile(new URL(name, folder)).catch(missing) : undefined;
    response.writeHead(bytes ? 200 : 404, {
      'content-type': bytes && type ? type : 'text/plain; charset=utf-8',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    });
    response.end(bytes ?? 'There is nothing here.');
  }
}

/** A file that is not there is a 404; any other trouble is shown. */
function missing(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENOENT' && code !== 'EISDIR') throw error;
  return undefined;
}
