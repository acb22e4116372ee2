/** `rollouts metrics push`: tells the bot figures that only CI knows, signed. */
import type { Command } from 'commander';
import { RolloutError } from '../lib/core/RolloutError.js';
import { postEvent } from '../lib/deployments/webhooks/postEvent.js';
import { measures, ticketsMeasure } from '../lib/scorecard/engineering/measures.js';
import { readPush } from '../lib/scorecard/engineering/readPush.js';
import { readText } from './readText.js';
import type { Report, Terminal } from './Terminal.js';

/** What was asked for cannot be pushed. */
export class NothingToPush extends RolloutError {
  public readonly code = 'NOTHING_TO_PUSH';
}

interface Flags {
  readonly json?: boolean;
  readonly file?: string;
  readonly release?: string;
  readonly baseline?: readonly string[];
  readonly url?: string;
}

export interface MetricsPush {
  /** `test-coverage=81.2` */
  readonly figures: readonly string[];
  /** The same, as what later figures are compared with. */
  readonly baseline: readonly string[];
  /** JSON: `{ "metrics": { … }, "baseline": { … } }`. */
  readonly file: string | undefined;
  readonly release: string | undefined;
  readonly url: string | undefined;
}

const known = `
Figures: ${[...Object.keys(measures), ticketsMeasure].join(', ')}.
The first push of a figure is its baseline, unless --baseline says another.`;

/** Into the program. */
export function addMetrics(
  program: Command,
  terminal: Terminal,
  run: (json: boolean, act: () => Promise<Report>) => Promise<void>,
): void {
  program
    .command('metrics')
    .description('Figures for /scorecard that only CI knows.')
    .command('push [figures...]')
    .description(
      'Sends figures such as test-coverage=81.2 to the bot, signed with DEPLOYMENT_WEBHOOK_SECRET.',
    )
    .option('--file <path>', 'JSON: { "metrics": { … }, "baseline": { … } }')
    .option('--baseline <figures...>', 'what later figures are compared with')
    .option('--release <version>', 'the version that they belong to (default: RELEASE)')
    .option('--url <url>', 'where the bot is (default: ROLLOUTS_URL)')
    .option('--json', 'answer in JSON')
    .addHelpText('after', known)
    .action((figures: readonly string[], { json = false, baseline = [], file, release, url }: Flags) =>
      run(json, () => pushMetrics(terminal, { figures, baseline, file, release, url })),
    );
}

/** @throws NothingToPush, BadMetrics, FileUnreadable, NotPosted */
export async function pushMetrics(terminal: Terminal, push: MetricsPush): Promise<Report> {
  const written = push.file === undefined ? {} : await readFigures(push.file);
  const version = push.release ?? named(terminal, 'RELEASE');
  const metrics = { ...written.metrics, ...figuresOf(push.figures) };
  const baseline = { ...written.baseline, ...figuresOf(push.baseline) };
  if (Object.keys({ ...metrics, ...baseline }).length === 0)
    throw new NothingToPush('There is nothing to push.', {
      next: 'Write name=number, as in test-coverage=81.2, or give --file; --help has the names.',
    });
  const body = { event: 'metrics', metrics, baseline, ...(version !== undefined && { version }) };
  const { metrics: taken } = readPush(body);
  await postEvent(body, {
    url:
      push.url ??
      named(terminal, 'ROLLOUTS_URL') ??
      missing('ROLLOUTS_URL', 'the address of the bot, or give --url'),
    secret:
      named(terminal, 'DEPLOYMENT_WEBHOOK_SECRET') ??
      missing('DEPLOYMENT_WEBHOOK_SECRET', "the bot's own webhook secret"),
    clock: terminal,
  });
  const names = [...new Set([...Object.keys(taken), ...Object.keys(baseline)])];
  return {
    exitCode: 0,
    text: `The bot has ${names.join(', ')}. See /scorecard engineering.`,
    json: { ok: true, metrics, baseline },
  };
}

function figuresOf(figures: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    figures.map((figure): [string, number] => {
      const [name = '', value = '', ...more] = figure.split('=');
      const number = value.trim() === '' ? Number.NaN : Number(value);
      if (Number.isFinite(number) && more.length === 0) return [name, number];
      throw new NothingToPush(`"${figure}" is no figure.`, {
        next: 'Write name=number, as in test-coverage=81.2.',
      });
    }),
  );
}

async function readFigures(
  file: string,
): Promise<{ readonly metrics?: Record<string, number>; readonly baseline?: Record<string, number> }> {
  const text = await readText(file);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new NothingToPush(`${file} is no JSON: ${why}`, {
      next: 'It must be JSON, as in { "metrics": { "test-coverage": 81.2 } }.',
      cause: error,
    });
  }
  return readPush(json);
}

function named({ environment }: Terminal, name: string): string | undefined {
  const value = environment[name]?.trim() ?? '';
  return value === '' ? undefined : value;
}

function missing(name: string, what: string): never {
  throw new NothingToPush(`${name} is not set.`, { next: `Set it to ${what}.` });
}
