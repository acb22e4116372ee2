/** One request to the API, already read: its path's parts, query, JSON and files. */
import { z } from 'zod';
import { parseWith } from '../rules/parseWith.js';

export interface UploadedFile {
  /** The `n` of `files[n]`. */
  readonly index: number;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

export class RestRequest {
  public constructor(
    private readonly params: Readonly<Record<string, string>>,
    public readonly query: URLSearchParams,
    /** The JSON body; undefined where there was none. */
    public readonly json: unknown,
    public readonly files: readonly UploadedFile[],
  ) {}

  /** A part of the path, by the name that the route gives it. */
  public param(name: string): string {
    const value = this.params[name];
    if (value === undefined) throw new Error(`The route has no part ":${name}".`);
    return value;
  }

  /** The body in the schema's shape; throws Discord's 50035 with every place that is wrong. */
  public body<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
    return parseWith(schema, this.json ?? {});
  }

  /** A whole number of the query within its bounds; throws 50035. */
  public number(name: string, fallback: number, min: number, max: number): number {
    const text = this.query.get(name);
    if (text === null) return fallback;
    const number = z.coerce.number().int().min(min).max(max);
    return parseWith(z.object({ [name]: number }), { [name]: text })[name] as number;
  }
}
