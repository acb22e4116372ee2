/** Discord's refusals: an HTTP status, a code, a message and, for a bad body, where it is bad. */

/** One thing that is wrong with a body, and where. */
export interface FieldError {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

export class ApiError extends Error {
  public constructor(
    public readonly status: number,
    public readonly code: number,
    message: string,
    private readonly fields: readonly FieldError[] = [],
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** `{ code, message, errors }` with `errors` nested as Discord nests them. */
  public toJSON(): Record<string, unknown> {
    const base = { message: this.message, code: this.code };
    return this.fields.length === 0 ? base : { ...base, errors: nest(this.fields) };
  }
}

interface ErrorTree {
  [key: string]: ErrorTree | { code: string; message: string }[];
}

function nest(fields: readonly FieldError[]): ErrorTree {
  const root: ErrorTree = {};
  for (const { path, code, message } of fields) {
    let node = root;
    for (const step of path) {
      const next = node[String(step)];
      node = next !== undefined && !Array.isArray(next) ? next : (node[String(step)] = {});
    }
    const here = node['_errors'];
    node['_errors'] = [...(Array.isArray(here) ? here : []), { code, message }];
  }
  return root;
}

export const invalidForm = (fields: readonly FieldError[]): ApiError =>
  new ApiError(400, 50035, 'Invalid Form Body', fields);

/** Discord's documented codes, by the name that their message gives. */
export const refusals = {
  generalNotFound: () => new ApiError(404, 0, '404: Not Found'),
  methodNotAllowed: () => new ApiError(405, 0, '405: Method Not Allowed'),
  unauthorized: () => new ApiError(401, 0, '401: Unauthorized'),
  unknownChannel: () => new ApiError(404, 10003, 'Unknown Channel'),
  unknownGuild: () => new ApiError(404, 10004, 'Unknown Guild'),
  unknownMember: () => new ApiError(404, 10007, 'Unknown Member'),
  unknownMessage: () => new ApiError(404, 10008, 'Unknown Message'),
  unknownUser: () => new ApiError(404, 10013, 'Unknown User'),
  unknownWebhook: () => new ApiError(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new ApiError(404, 10062, 'Unknown interaction'),
  unknownCommand: () => new ApiError(404, 10063, 'Unknown application command'),
  tooManyCommands: () => new ApiError(400, 30032, 'Maximum number of application commands reached (100).'),
  fileTooLarge: () => new ApiError(413, 40005, 'Request entity too large'),
  alreadyAnswered: () => new ApiError(400, 40060, 'Interaction has already been acknowledged.'),
  missingAccess: () => new ApiError(403, 50001, 'Missing Access'),
  notYourMessage: () => new ApiError(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => new ApiError(400, 50006, 'Cannot send an empty message'),
  cannotMessageUser: () => new ApiError(403, 50007, 'Cannot send messages to this user'),
  missingPermissions: () => new ApiError(403, 50013, 'Missing Permissions'),
  wrongChannelType: () => new ApiError(400, 50024, 'Cannot execute action on this channel type'),
  archivedThread: () => new ApiError(400, 50083, 'Thread is archived'),
  badJson: () => new ApiError(400, 50109, 'The request body contains invalid JSON.'),
  threadExists: () => new ApiError(400, 160004, 'A thread has already been created for this message'),
} as const;
