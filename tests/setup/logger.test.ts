import { PassThrough } from 'node:stream';
import { LogLevel, type ILogger } from '@sapphire/framework';
import { DiscordAPIError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/setup/logger.js';
import type { LogLevelName } from '../../src/config/values.js';

const token = 'the-very-token';

function logged(
  act: (logger: ILogger) => void,
  {
    logLevel = 'trace',
    pretty = false,
    redisUrl,
  }: { logLevel?: LogLevelName; pretty?: boolean; redisUrl?: string } = {},
): string {
  const stream = new PassThrough();
  act(createLogger({ logLevel, token, rollouts: { state: { redisUrl } } }, { stream, pretty }));
  return String(stream.read() ?? '');
}

const others = { prometheusToken: 'of-prometheus', githubSecret: 'of-github', deploymentSecret: 'of-ci' };

function entry(act: (logger: ILogger) => void): Record<string, unknown> {
  return JSON.parse(logged(act)) as Record<string, unknown>;
}

describe('the logger', () => {
  it('lifts an Error in second place, with its stack and its cause', () => {
    const error = new Error('outer', { cause: new Error('inner') });
    const line = entry((logger) => logger.error('It failed', error));
    expect(line).toMatchObject({ level: 'error', msg: 'It failed', err: { message: 'outer: inner' } });
    const { stack } = line.err as { stack: string };
    expect(stack).toContain('logger.test.ts');
    expect(stack).toContain('caused by: Error: inner');
  });

  it('says the message of an Error that comes alone', () => {
    expect(entry((logger) => logger.error(new TypeError('alone')))).toMatchObject({
      msg: 'alone',
      err: { type: 'TypeError', message: 'alone' },
    });
  });

  it('keeps a second Error as text', () => {
    const line = entry((logger) => logger.error('both', new Error('first'), new Error('second')));
    expect(line).toMatchObject({ err: { message: 'first' } });
    expect(line.msg).toMatch(/^both Error: second\n\s+at /);
  });

  it('takes a plain object in first place for fields, and any other value for text', () => {
    expect(entry((logger) => logger.info({ guild: '1' }, 'joined', ['a'], 2))).toMatchObject({
      guild: '1',
      msg: "joined [ 'a' ] 2",
    });
  });

  it('says no secret that the bot was given, wherever it stands', () => {
    const { prometheusToken, ...webhooks } = others;
    const stream = new PassThrough();
    const settings = { state: { redisUrl: undefined }, prometheusToken, webhooks };
    const logger = createLogger({ logLevel: 'trace', token, rollouts: settings }, { stream, pretty: false });
    logger.error(
      `sent ${token} and ${Object.values(others).join(' and ')}`,
      new Error(`odd: ${prometheusToken}`),
    );
    const line = String(stream.read());
    for (const secret of [token, ...Object.values(others)]) expect(line).not.toContain(secret);
  });

  it('says nothing of a cause that is undefined', () => {
    expect(entry((logger) => logger.warn('odd', undefined))).toMatchObject({ msg: 'odd' });
  });

  it('leaves percent signs in a text as they are', () => {
    expect(entry((logger) => logger.info('%s at 100%% and', '%d'))).toMatchObject({
      msg: '%s at 100%% and %d',
    });
  });

  it.each([
    ['trace', LogLevel.Trace],
    ['debug', LogLevel.Debug],
    ['info', LogLevel.Info],
    ['warn', LogLevel.Warn],
    ['error', LogLevel.Error],
    ['fatal', LogLevel.Fatal],
  ] as const)('writes %s as the same level of pino', (name, level) => {
    expect(entry((logger) => logger[name]('x'))).toMatchObject({ level: name });
    expect(entry((logger) => logger.write(level, 'x'))).toMatchObject({ level: name });
  });

  it('holds back what is below its level', () => {
    const act = (logger: ILogger): void => {
      expect(logger.has(LogLevel.Info)).toBe(false);
      expect(logger.has(LogLevel.Warn)).toBe(true);
      expect(logger.has(LogLevel.None)).toBe(false);
      logger.info('quiet');
      logger.write(LogLevel.None, 'never');
    };
    expect(logged(act, { logLevel: 'warn' })).toBe('');
  });

  it('writes for people in a terminal, with the stack', () => {
    const text = logged((logger) => logger.error('It failed', new Error('why')), { pretty: true });
    expect(text).toMatch(/^\[\d\d:\d\d:\d\d\.\d{3}] ERROR: It failed\n/);
    expect(text).toContain('logger.test.ts');
  });

  it('logs of a Discord error where it happened, and neither what was sent nor the interaction token', () => {
    const error = new DiscordAPIError(
      { code: 10_062, message: 'Unknown interaction' },
      10_062,
      404,
      'POST',
      'https://discord.com/api/v10/interactions/123/aW50ZXJhY3Rpb246MTIz/callback',
      { body: { content: 'a private text' }, files: [] },
    );
    const line = logged((logger) => logger.error(error));
    expect(line).toContain('"status":404');
    expect(line).toContain('/interactions/123/[redacted]/callback');
    expect(line).not.toContain('a private text');
    expect(line).not.toContain('aW50ZXJhY3Rpb246MTIz');
  });

  it.each([
    ['in a text', (logger: ILogger) => logger.info(`logging in with ${token}`)],
    ['in a field', (logger: ILogger) => logger.info({ deep: { er: token } }, 'x')],
    ['in an error', (logger: ILogger) => logger.error('x', new Error(`401 for ${token}`))],
    ['in an inspected value', (logger: ILogger) => logger.warn('x', [token])],
  ])('never writes the token: %s', (_, act) => {
    const line = logged(act);
    expect(line).toContain('[redacted]');
    expect(line).not.toContain(token);
    expect(JSON.parse(line)).toHaveProperty('msg');
  });

  it("never writes the store's password, in whatever spelling", () => {
    const line = logged((logger) => logger.info('p%40ss word', 'p@ss', 'redis://u:p%40ss@host'), {
      redisUrl: 'redis://u:p%40ss@host:1',
    });
    expect(line).not.toMatch(/p%40ss|p@ss/);
    expect(line).toContain('redis://u:[redacted]@host');
  });
});
