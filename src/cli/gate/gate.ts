/** `rollouts gate`: runs deployment-gate.yaml where the source is, and tells the bot. */
import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { GateResult } from '../../lib/deployments/gate/GateResult.js';
import { GateFileWrong } from '../../lib/deployments/gate/errors.js';
import { readGateFile } from '../../lib/deployments/gate/file/readGateFile.js';
import { runGate } from '../../lib/deployments/gate/runGate.js';
import { isUntold, NotPosted, postEvent } from '../../lib/deployments/webhooks/postEvent.js';
import { interruptible } from '../interruptible.js';
import type { ExitCode, Report, Terminal } from '../Terminal.js';
import { commitOf, receiverOf, releaseOf, type Receiver } from './source.js';
import { newsLines, summary } from './wording.js';

export interface GateAsk {
  readonly file: string;
  readonly release: string | undefined;
  readonly environment: string;
  readonly setBaseline: boolean;
  readonly keepGoing: boolean;
  /** Show what the commands write, as they write it. */
  readonly verbose: boolean;
  /** True: the result goes to standard output, and so nothing else may. A name: into that file. */
  readonly json: string | boolean;
  /** An address, true for ROLLOUTS_URL, or undefined. */
  readonly post: string | true | undefined;
}

export async function gate(terminal: Terminal, ask: GateAsk): Promise<Report> {
  const file = await readGateFile(ask.file);
  const folder = resolve(dirname(ask.file));
  // What would fail in the end is asked first, since an hour of tests may lie between.
  const receiver = receiverOf(terminal.environment, ask.post);
  const release = releaseOf(terminal.environment, ask.release, folder);
  const commit = await commitOf(terminal.environment, folder);
  const tell = ask.json === true ? terminal.err.bind(terminal) : terminal.out.bind(terminal);
  tell(`Gate for ${release}: ${file.stages.map(({ name }) => name).join(', ')}.`);
  const result = await interruptible((signal) =>
    runGate(file, {
      ...{ release, commit, signal, clock: terminal, keepGoing: ask.keepGoing, setBaseline: ask.setBaseline },
      onNews: (news) => newsLines(news, ask.verbose).forEach((line) => tell(line)),
    }),
  );
  if (typeof ask.json === 'string') await keep(result, ask.json);
  const usesBaseline = file.stages.some(({ criteria }) =>
    criteria.some(({ baselines }) => baselines.length > 0),
  );
  const telling = receiver && (await told(result, ask.environment, terminal, receiver));
  const lines = [
    summary(result),
    ...(ask.setBaseline ? [aboutBaseline(result, usesBaseline, file.baseline)] : []),
    ...(telling === undefined ? [] : [telling.sentence]),
  ];
  if (ask.json === true && telling !== undefined && telling.exitCode !== 0) terminal.err(telling.sentence);
  return {
    exitCode: result.verdict === 'failed' ? 1 : (telling?.exitCode ?? 0),
    text: lines.join('\n'),
    json: result,
  };
}

/** A gate that passed and that the bot never heard of is no success: /deploy would not know of it. */
async function told(
  gate: GateResult,
  environment: string,
  clock: Terminal,
  receiver: Receiver,
): Promise<{ readonly exitCode: ExitCode; readonly sentence: string }> {
  try {
    await postEvent({ event: 'gate', version: gate.release, environment, gate }, { ...receiver, clock });
    return { exitCode: 0, sentence: 'The bot has the result.' };
  } catch (error) {
    if (!(error instanceof NotPosted)) throw error;
    const { message, next } = error;
    const sentence = `The bot does not have the result. ${message} ${next ?? ''}`.trim();
    return { exitCode: isUntold(error) ? 3 : 1, sentence };
  }
}

async function keep(result: GateResult, path: string): Promise<void> {
  await writeFile(path, `${JSON.stringify(result, null, 2)}\n`).catch((cause: NodeJS.ErrnoException) => {
    throw new GateFileWrong(`The result could not be written to ${path}: ${cause.message}.`, { cause });
  });
}

function aboutBaseline({ verdict }: GateResult, isUsed: boolean, path: string): string {
  if (!isUsed) return 'No criterion uses a baseline, so none was set.';
  return verdict === 'passed'
    ? `The baseline is set in ${path}. Commit it.`
    : 'The baseline stays as it was, since the gate failed.';
}
