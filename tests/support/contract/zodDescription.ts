/** The zod schemas that a package generates from Discord's OpenAPI file; which schema belongs where is written here. */
import * as spec from 'discord-api-spec/zod';
import type { Exchange } from '../../../src/sandbox/index.js';
import type { Description } from './index.js';

type Schema = typeof spec.MessageResponseSchema;

interface Entry {
  readonly method: string;
  readonly path: RegExp;
  readonly request?: readonly Schema[];
  /** By status; `null`: no body. */
  readonly answers: Readonly<Record<number, readonly Schema[] | 'list' | null>>;
  /** The schema of the elements where the answer is a list. */
  readonly element?: Schema;
}

function entry(method: string, path: string, rest: Omit<Entry, 'method' | 'path'>): Entry {
  return { method, path: new RegExp(`^${path.replaceAll(':id', '[^/]+')}$`), ...rest };
}

const {
  MessageResponseSchema: message,
  MessageCreateRequestSchema: newMessage,
  MessageEditRequestPartialSchema: messageEdit,
  ApplicationCommandResponseSchema: command,
  ThreadResponseSchema: thread,
  PrivateApplicationResponseSchema: application,
} = spec;
const channel = [
  spec.GuildChannelResponseSchema,
  spec.ThreadResponseSchema,
  spec.PrivateChannelResponseSchema,
];
const callback = [
  spec.CreateMessageInteractionCallbackRequestSchema,
  spec.ApplicationCommandAutocompleteCallbackRequestSchema,
  spec.ModalInteractionCallbackRequestSchema,
  spec.UpdateMessageInteractionCallbackRequestSchema,
];
const commands = (path: string): Entry[] => [
  entry('GET', path, { answers: { 200: 'list' }, element: command }),
  entry('PUT', path, { answers: { 200: 'list' }, element: command }),
  entry('POST', path, {
    request: [spec.ApplicationCommandCreateRequestSchema],
    answers: { 200: [command], 201: [command] },
  }),
  entry('GET', `${path}/:id`, { answers: { 200: [command] } }),
  entry('PATCH', `${path}/:id`, { answers: { 200: [command] } }),
  entry('DELETE', `${path}/:id`, { answers: { 204: null } }),
];

const map: readonly Entry[] = [
  entry('GET', '/gateway/bot', { answers: { 200: [spec.GatewayBotResponseSchema] } }),
  entry('GET', '/users/@me', { answers: { 200: [spec.UserPIIResponseSchema] } }),
  entry('POST', '/users/@me/channels', { answers: { 200: [spec.PrivateChannelResponseSchema] } }),
  entry('GET', '/users/:id', { answers: { 200: [spec.UserResponseSchema] } }),
  entry('GET', '/(?:oauth2/)?applications/@me', { answers: { 200: [application] } }),
  ...commands('/applications/:id/commands'),
  ...commands('/applications/:id/guilds/:id/commands'),
  entry('GET', '/guilds/:id', { answers: { 200: [spec.GuildWithCountsResponseSchema] } }),
  entry('GET', '/guilds/:id/channels', {
    answers: { 200: 'list' },
    element: spec.GuildChannelResponseSchema,
  }),
  entry('GET', '/guilds/:id/roles', { answers: { 200: 'list' }, element: spec.GuildRoleResponseSchema }),
  entry('GET', '/guilds/:id/members/search', {
    answers: { 200: 'list' },
    element: spec.GuildMemberResponseSchema,
  }),
  entry('GET', '/guilds/:id/members/:id', { answers: { 200: [spec.GuildMemberResponseSchema] } }),
  entry('GET', '/channels/:id', { answers: { 200: channel } }),
  entry('PATCH', '/channels/:id', { answers: { 200: channel } }),
  entry('DELETE', '/channels/:id', { answers: { 200: channel } }),
  entry('POST', '/channels/:id/messages', { request: [newMessage], answers: { 200: [message] } }),
  entry('GET', '/channels/:id/messages', { answers: { 200: 'list' }, element: message }),
  entry('GET', '/channels/:id/messages/:id', { answers: { 200: [message] } }),
  entry('PATCH', '/channels/:id/messages/:id', { request: [messageEdit], answers: { 200: [message] } }),
  entry('DELETE', '/channels/:id/messages/:id', { answers: { 204: null } }),
  entry('POST', '/channels/:id/messages/:id/threads', { answers: { 201: [thread] } }),
  entry('POST', '/channels/:id/threads', { answers: { 201: [spec.CreatedThreadResponseSchema] } }),
  entry('POST', '/interactions/:id/:id/callback', {
    request: callback,
    answers: { 200: [spec.InteractionCallbackResponseSchema], 204: null },
  }),
  entry('POST', '/webhooks/:id/:id', {
    request: [spec.IncomingWebhookRequestPartialSchema],
    answers: { 200: [message] },
  }),
  entry('GET', '/webhooks/:id/:id/messages/:id', { answers: { 200: [message] } }),
  entry('PATCH', '/webhooks/:id/:id/messages/:id', {
    request: [spec.IncomingWebhookUpdateRequestPartialSchema],
    answers: { 200: [message] },
  }),
  entry('DELETE', '/webhooks/:id/:id/messages/:id', { answers: { 204: null } }),
];

export function zodDescription(): Description {
  return {
    request: ({ method, path, requestBody }) => {
      const request = find(method, path)?.request;
      return request && requestBody !== undefined ? anyOf(request, withNumericPermissions(requestBody)) : [];
    },
    answer: checkAnswer,
  };
}

function checkAnswer({ method, path, status, responseBody }: Exchange): readonly string[] {
  if (status === 429) return anyOf([spec.RatelimitedResponseSchema], responseBody);
  if (status >= 400) return anyOf([spec.ErrorResponseSchema], responseBody);
  const found = find(method, path);
  if (!found) return [];
  const described = found.answers[status];
  if (described === undefined) return [`${status} is not described`];
  if (described === null) return responseBody === undefined ? [] : ['has a body where none is described'];
  if (described !== 'list') return anyOf(described, responseBody);
  if (!Array.isArray(responseBody)) return ['is not a list'];
  const { element } = found;
  return element ? responseBody.flatMap((one) => anyOf([element], one)) : [];
}

function find(method: string, path: string): Entry | undefined {
  return map.find((one) => one.method === method && one.path.test(decodeURIComponent(path)));
}

function anyOf(schemas: readonly Schema[], value: unknown): string[] {
  const results = schemas.map((schema) => schema.safeParse(value));
  if (results.some(({ success }) => success)) return [];
  const issues = results[0]?.error?.issues ?? [];
  return [
    issues
      .slice(0, 4)
      .map(({ path, message: text }) => `/${path.join('/')} ${text}`)
      .join('; '),
  ];
}

/** In requests, permissions are a string in practice, a number in the description. */
function withNumericPermissions(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('default_member_permissions' in body)) return body;
  const bits = body.default_member_permissions;
  return { ...body, default_member_permissions: typeof bits === 'string' ? Number(bits) : bits };
}
