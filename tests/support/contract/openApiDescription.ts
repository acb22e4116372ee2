/** Discord's OpenAPI file, checked with ajv; each operation's schemas are compiled when first met. */
import { readFile } from 'node:fs/promises';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Exchange } from '../../../src/sandbox/index.js';
import type { Description } from './index.js';

interface Media {
  readonly content?: Readonly<Record<string, unknown>>;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
}
interface Operation {
  readonly requestBody?: Media;
  readonly responses: Readonly<Record<string, Media & { readonly $ref?: string }>>;
  readonly parameters?: readonly Parameter[];
}
interface Api {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, Operation>> & { readonly parameters?: readonly Parameter[] }>
  >;
  readonly components: { readonly schemas: Record<string, { properties?: Record<string, unknown> }> };
}

const file = new URL('../../../../shared/discord/openapi.json', import.meta.url);
const jsonMedia = 'application/json';

/** undefined where the file is not there. */
export async function openApiDescription(from: URL = file): Promise<Description | undefined> {
  const text = await readFile(from, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : new OpenApi(JSON.parse(text) as Api);
}

class OpenApi implements Description {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: false });
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly templates: { readonly path: string; readonly steps: readonly string[] }[];

  public constructor(private readonly api: Api) {
    addFormats(this.ajv);
    const text = (pattern: RegExp) => ({
      type: 'string' as const,
      validate: (value: string) => pattern.test(value),
    });
    this.ajv.addFormat('snowflake', text(/^(0|[1-9]\d*)$/));
    this.ajv.addFormat('nonce', text(/^[\s\S]{0,25}$/));
    for (const format of ['int64', 'int32', 'double', 'binary']) this.ajv.addFormat(format, true);
    // A string in practice and in Discord's documentation, a number in the file.
    for (const { properties } of Object.values(api.components.schemas)) {
      if (properties && 'default_member_permissions' in properties) {
        properties['default_member_permissions'] = { type: ['string', 'null'], pattern: '^\\d+$' };
      }
    }
    this.ajv.addSchema(api, 'discord');
    this.templates = Object.keys(api.paths).map((path) => ({ path, steps: path.split('/') }));
  }

  public request({ method, path, query, requestBody }: Exchange): readonly string[] {
    const found = this.find(method, path);
    if (!found) return ['Discord has no such operation'];
    const { template, operation, shared } = found;
    const known = [...shared, ...(operation.parameters ?? [])].filter((one) => one.in === 'query');
    const problems = [...query.keys()]
      .filter((name) => !known.some((one) => one.name === name))
      .map((name) => `unknown query parameter "${name}"`);
    const isDescribed = operation.requestBody?.content?.[jsonMedia] !== undefined;
    if (!isDescribed || requestBody === undefined) return problems;
    const at = ['paths', template, method.toLowerCase(), 'requestBody', 'content', jsonMedia, 'schema'];
    return [...problems, ...this.validate(at, requestBody)];
  }

  public answer({ method, path, status, responseBody }: Exchange): readonly string[] {
    const found = this.find(method, path);
    if (!found) return status === 404 ? [] : ['Discord has no such operation'];
    const { responses } = found.operation;
    if (status >= 400) {
      const name = status === 429 ? 'ClientRatelimitedResponse' : 'ClientErrorResponse';
      return this.validate(['components', 'responses', name, 'content', jsonMedia, 'schema'], responseBody);
    }
    const response = responses[String(status)];
    if (!response) return [`${status} is not described; described are ${Object.keys(responses).join(', ')}`];
    if (!response.content) return responseBody === undefined ? [] : ['has a body where none is described'];
    const at = [
      'paths',
      found.template,
      method.toLowerCase(),
      'responses',
      String(status),
      'content',
      jsonMedia,
      'schema',
    ];
    return this.validate(at, responseBody);
  }

  private find(method: string, path: string) {
    const steps = path.split('/').map(decodeURIComponent);
    const fits = this.templates.filter(({ steps: wanted, path: template }) => {
      const isSame =
        wanted.length === steps.length &&
        wanted.every((want, n) => want.startsWith('{') || want === steps[n]);
      return isSame && this.api.paths[template]?.[method.toLowerCase()] !== undefined;
    });
    // `/users/@me` before `/users/{user_id}`.
    const fixed = (wanted: readonly string[]): number =>
      wanted.filter((step) => !step.startsWith('{')).length;
    const [best] = fits.sort((a, b) => fixed(b.steps) - fixed(a.steps));
    const operation = best && this.api.paths[best.path]?.[method.toLowerCase()];
    if (!best || !operation) return undefined;
    return { template: best.path, operation, shared: this.api.paths[best.path]?.parameters ?? [] };
  }

  private validate(at: readonly string[], value: unknown): string[] {
    const pointer = at
      .map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    let check = this.compiled.get(pointer);
    if (!check) {
      check = this.ajv.compile({ $ref: `discord#/${pointer}` });
      this.compiled.set(pointer, check);
    }
    if (check(value)) return [];
    const errors = (check.errors ?? []).slice(0, 4);
    return [errors.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`).join('; ')];
  }
}
