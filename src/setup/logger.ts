/** pino behind Sapphire's ILogger: pretty in a terminal, JSON otherwise, errors with their stacks, secrets taken out. */
import { LogLevel, type ILogger } from '@sapphire/framework';
import { inspect } from 'node:util';
import { pino, stdSerializers, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { RolloutsConfig } from '../config/Config.js';
import type { BotSettings } from '../config/environment.js';
import type { LogLevelName } from '../config/values.js';
import { announceLogWriter, wroteLogLine } from '../lib/smoke/probes/logLines.js';
import { passwordsIn, redaction } from './redaction.js';

export interface LogTarget {
  /** Where the lines go. @default standard output */
  readonly stream?: NodeJS.WritableStream;
  /** For people rather than for machines. @default whether standard output is a terminal */
  readonly pretty?: boolean;
}

type LoggedSettings = Pick<BotSettings, 'logLevel' | 'token'> & {
  readonly rollouts: Pick<RolloutsConfig, 'prometheusToken' | 'webhooks'> & {
    readonly state: { readonly redisUrl: string | undefined };
  };
};

/** The logger of the bot of our own. Lines are written at once, so that none is lost when the process ends. */
export function createLogger(settings: LoggedSettings, target: LogTarget = {}): ILogger {
  const redact = redaction(secretsOf(settings));
  return new PinoLogger(
    pino(
      {
        level: settings.logLevel,
        timestamp: stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        serializers: { err: withoutRequestBody },
        hooks: { streamWrite: redact },
      },
      noted(destination(target)),
    ),
  );
}

/** Every one that the bot is given by itself: one that is new in the settings belongs here, too. */
function secretsOf({ token, rollouts }: LoggedSettings): readonly (string | undefined)[] {
  const { state, prometheusToken, webhooks = {} } = rollouts;
  const { githubSecret, deploymentSecret } = webhooks;
  return [token, prometheusToken, githubSecret, deploymentSecret, ...passwordsIn(state.redisUrl)];
}

function destination({ stream, pretty: isPretty = process.stdout.isTTY }: LogTarget): DestinationStream {
  if (!isPretty) return stream ?? pino.destination({ dest: 1, sync: true });
  return pretty({
    ...(stream === undefined ? { destination: 1, sync: true } : { destination: stream }),
    colorize: stream === undefined,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid,hostname',
  });
}

/** What was written is told to whoever looks for a line: a smoke test. */
function noted(destination: DestinationStream): DestinationStream {
  announceLogWriter();
  return {
    write: (line) => {
      destination.write(line);
      wroteLogLine(line);
    },
  };
}

/** A Discord error carries what was sent, with people's texts and whole files in it: no matter of the log's. */
function withoutRequestBody(error: Error): unknown {
  const { requestBody: _, ...rest } = stdSerializers.err(error) as unknown as Record<string, unknown>;
  return rest;
}

type Method = Exclude<LogLevelName, 'silent'>;

const methods: ReadonlyMap<LogLevel, Method> = new Map([
  [LogLevel.Trace, 'trace'],
  [LogLevel.Debug, 'debug'],
  [LogLevel.Info, 'info'],
  [LogLevel.Warn, 'warn'],
  [LogLevel.Error, 'error'],
  [LogLevel.Fatal, 'fatal'],
]);

class PinoLogger implements ILogger {
  public constructor(private readonly logger: Logger) {}

  public has(level: LogLevel): boolean {
    const method = methods.get(level);
    return method !== undefined && this.logger.isLevelEnabled(method);
  }

  public trace(...values: readonly unknown[]): void {
    this.write(LogLevel.Trace, ...values);
  }

  public debug(...values: readonly unknown[]): void {
    this.write(LogLevel.Debug, ...values);
  }

  public info(...values: readonly unknown[]): void {
    this.write(LogLevel.Info, ...values);
  }

  public warn(...values: readonly unknown[]): void {
    this.write(LogLevel.Warn, ...values);
  }

  public error(...values: readonly unknown[]): void {
    this.write(LogLevel.Error, ...values);
  }

  public fatal(...values: readonly unknown[]): void {
    this.write(LogLevel.Fatal, ...values);
  }

  public write(level: LogLevel, ...values: readonly unknown[]): void {
    const method = methods.get(level);
    if (method === undefined || !this.logger.isLevelEnabled(method)) return;
    const { fields, message } = entry(values);
    if (message === '') this.logger[method](fields);
    else this.logger[method](fields, message);
  }
}

/**
 * Sapphire writes `error('text', error)`, pino wants `error({ err }, 'text')` and loses the stack otherwise. The first error
 * becomes `err`, a plain object in the first place becomes fields, everything else becomes text.
 */
function entry(values: readonly unknown[]): { readonly fields: object; readonly message: string } {
  const [first] = values;
  const fields = isPlainObject(first) ? first : undefined;
  const err = values.find((value) => value instanceof Error);
  // A caller that passes its cause along, where there may be none, means nothing by `undefined`.
  const rest = values.filter((value) => value !== err && value !== fields && value !== undefined);
  const message = rest
    .map((value) => (typeof value === 'string' ? value : inspect(value, { depth: 4 })))
    .join(' ');
  return { fields: { ...fields, ...(err === undefined ? {} : { err }) }, message };
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
