/** Reads a request's body: JSON, or multipart with `payload_json` and `files[n]`. */
import type { IncomingMessage } from 'node:http';
import { refusals } from './ApiError.js';
import type { UploadedFile } from './RestRequest.js';

/** Ten files of 10 MiB and some room for the rest. */
const maxBodyBytes = 105 * 1024 * 1024;

export interface ReadBody {
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
}

/** Throws 40005 where it is too large, 50109 where the JSON is broken. */
export async function readBody(request: IncomingMessage): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) throw refusals.fileTooLarge();
    chunks.push(chunk);
  }
  if (size === 0) return { json: undefined, files: [] };
  const bytes = Buffer.concat(chunks);
  const contentType = request.headers['content-type'] ?? '';
  if (contentType.startsWith('multipart/form-data')) return readMultipart(bytes, contentType);
  return { json: parseJson(bytes.toString('utf8')), files: [] };
}

async function readMultipart(bytes: Buffer, contentType: string): Promise<ReadBody> {
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  let json: unknown;
  const files: UploadedFile[] = [];
  for (const [name, value] of form) {
    if (typeof value === 'string') {
      if (name === 'payload_json') json = parseJson(value);
      continue;
    }
    const index = Number(/^files\[(\d+)]$/.exec(name)?.[1] ?? files.length);
    const content = Buffer.from(await value.arrayBuffer());
    files.push({
      index,
      name: value.name,
      contentType: value.type || 'application/octet-stream',
      bytes: content,
    });
  }
  return { json: json ?? {}, files };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusals.badJson();
  }
}
